/** The event table in PostgreSQL, and what is written in one transaction with it. */
@NullMarked
package xalesin.command.store;

import org.jspecify.annotations.NullMarked;
