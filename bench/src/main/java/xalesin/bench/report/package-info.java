/** What a benchmark found: figures, plots, and the table, JSON and HTML that show them. */
@NullMarked
package xalesin.bench.report;

import org.jspecify.annotations.NullMarked;
