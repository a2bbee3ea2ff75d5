/** Accounts and the journal: state, rules, refusals. */
@NullMarked
package xalesin.command.finance;

import org.jspecify.annotations.NullMarked;
