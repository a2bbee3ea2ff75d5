/** Inventory: the commands, events and view rows of items and their stock. */
@NullMarked
package xalesin.schemas.inventory;

import org.jspecify.annotations.NullMarked;
