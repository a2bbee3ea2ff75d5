/** The inventory work that the benchmarks ask of the server: items, commands, reads. */
@NullMarked
package xalesin.bench.inventory;

import org.jspecify.annotations.NullMarked;
