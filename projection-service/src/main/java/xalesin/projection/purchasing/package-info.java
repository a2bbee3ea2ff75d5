/** Views of purchase orders and of what suppliers are owed. */
@NullMarked
package xalesin.projection.purchasing;

import org.jspecify.annotations.NullMarked;
