/** What the golden events mean. */
@NullMarked
package xalesin.schemas.golden;

import org.jspecify.annotations.NullMarked;
