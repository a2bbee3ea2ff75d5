/** Inventory items and their stock: state, rules, refusals. */
@NullMarked
package xalesin.command.inventory;

import org.jspecify.annotations.NullMarked;
