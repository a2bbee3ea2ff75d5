/** Sales orders: state, rules, refusals. */
@NullMarked
package xalesin.command.sales;

import org.jspecify.annotations.NullMarked;
