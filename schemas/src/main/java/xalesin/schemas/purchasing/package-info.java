/** Purchase orders: commands, events and rows. */
@NullMarked
package xalesin.schemas.purchasing;

import org.jspecify.annotations.NullMarked;
