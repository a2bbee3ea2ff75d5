/** Which rows have changed lately: what pushing to subscribers follows. */
@NullMarked
package xalesin.projection.changes;

import org.jspecify.annotations.NullMarked;
