/** How commands become appended events: lanes, group commit, caches, idempotency. */
@NullMarked
package xalesin.command.handling;

import org.jspecify.annotations.NullMarked;
