/** Customers and suppliers: state, rules, refusals. */
@NullMarked
package xalesin.command.parties;

import org.jspecify.annotations.NullMarked;
