@NullMarked
package xalesin.bench;

import org.jspecify.annotations.NullMarked;
