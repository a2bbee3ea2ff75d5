/** Purchase orders: state, rules, refusals. */
@NullMarked
package xalesin.command.purchasing;

import org.jspecify.annotations.NullMarked;
