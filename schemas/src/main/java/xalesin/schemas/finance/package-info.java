/** Accounts and the journal: commands, events and rows. */
@NullMarked
package xalesin.schemas.finance;

import org.jspecify.annotations.NullMarked;
