/** What programs without a door of their own answer to operators. */
@NullMarked
package xalesin.schemas.probes;

import org.jspecify.annotations.NullMarked;
