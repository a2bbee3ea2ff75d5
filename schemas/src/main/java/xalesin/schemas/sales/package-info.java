/** Sales orders: commands, events and rows. */
@NullMarked
package xalesin.schemas.sales;

import org.jspecify.annotations.NullMarked;
