/** Inventory's rules, example by example and at random. */
@NullMarked
package xalesin.command.inventory;

import org.jspecify.annotations.NullMarked;
