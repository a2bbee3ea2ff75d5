/** The server under measurement, from outside: its process, its addresses, its own metrics. */
@NullMarked
package xalesin.bench.stack;

import org.jspecify.annotations.NullMarked;
