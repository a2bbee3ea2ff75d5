@NullMarked
package xalesin.projection;

import org.jspecify.annotations.NullMarked;
