/** The contract between Xalesin and everybody else: names, numbers, envelopes and their JSON. */
@NullMarked
package xalesin.schemas;

import org.jspecify.annotations.NullMarked;
