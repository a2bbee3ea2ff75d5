@NullMarked
package xalesin.cdc;

import org.jspecify.annotations.NullMarked;
