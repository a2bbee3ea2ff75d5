/** What the limits cost, measured with JMH. */
@NullMarked
package xalesin.bench.limits;

import org.jspecify.annotations.NullMarked;
