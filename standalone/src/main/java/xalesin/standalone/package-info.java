/** Everything in one process, and the command line. */
@NullMarked
package xalesin.standalone;

import org.jspecify.annotations.NullMarked;
