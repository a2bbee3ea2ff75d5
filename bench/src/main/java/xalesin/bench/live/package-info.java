/** The client of live connections: thousands of them on one thread, matched with commands. */
@NullMarked
package xalesin.bench.live;

import org.jspecify.annotations.NullMarked;
