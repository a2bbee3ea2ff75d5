@NullMarked
package xalesin.schemas;

import org.jspecify.annotations.NullMarked;
