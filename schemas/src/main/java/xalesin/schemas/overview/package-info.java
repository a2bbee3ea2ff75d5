/** Figures that are kept up to date with every event: their rows, and the overview of them. */
@NullMarked
package xalesin.schemas.overview;

import org.jspecify.annotations.NullMarked;
