/** The past of companies, years of it, written as the command service would have written it. */
@NullMarked
package xalesin.bench.past;

import org.jspecify.annotations.NullMarked;
