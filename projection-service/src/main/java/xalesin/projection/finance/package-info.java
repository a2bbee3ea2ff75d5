/** The ledger's views: accounts, journal entries, and what they come to by period. */
@NullMarked
package xalesin.projection.finance;

import org.jspecify.annotations.NullMarked;
