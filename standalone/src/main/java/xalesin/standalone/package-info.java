@NullMarked
package xalesin.standalone;

import org.jspecify.annotations.NullMarked;
