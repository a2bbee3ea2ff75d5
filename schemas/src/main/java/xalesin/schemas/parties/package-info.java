/** Customers and suppliers: commands, events and rows. */
@NullMarked
package xalesin.schemas.parties;

import org.jspecify.annotations.NullMarked;
