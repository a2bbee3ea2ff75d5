/**
 * The load client: many keep-alive connections on one thread, closed or open loop, with latencies
 * that leave nothing out.
 */
@NullMarked
package xalesin.bench.load;

import org.jspecify.annotations.NullMarked;
