/**
 * Pushes to subscribers what changes in the views: one evaluation and one encoding for all who
 * asked the same, windows of some milliseconds, nobody waited for.
 */
@NullMarked
package xalesin.query.live;

import org.jspecify.annotations.NullMarked;
