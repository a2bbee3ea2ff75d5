/** Views of sales orders and of what customers owe. */
@NullMarked
package xalesin.projection.sales;

import org.jspecify.annotations.NullMarked;
