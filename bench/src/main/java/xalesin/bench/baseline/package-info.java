/** What the machine itself can do, measured in the same run: the floor under our figures. */
@NullMarked
package xalesin.bench.baseline;

import org.jspecify.annotations.NullMarked;
