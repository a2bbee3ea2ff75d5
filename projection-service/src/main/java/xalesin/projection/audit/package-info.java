/** Who did what, when and why: every event as a row. */
@NullMarked
package xalesin.projection.audit;

import org.jspecify.annotations.NullMarked;
