@NullMarked
package xalesin.command;

import org.jspecify.annotations.NullMarked;
