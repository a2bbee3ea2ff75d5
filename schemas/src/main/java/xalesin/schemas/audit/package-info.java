/** Who did what, when and why: the rows. */
@NullMarked
package xalesin.schemas.audit;

import org.jspecify.annotations.NullMarked;
