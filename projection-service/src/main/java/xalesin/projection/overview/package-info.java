/** Figures over all documents, kept exact with every event. */
@NullMarked
package xalesin.projection.overview;

import org.jspecify.annotations.NullMarked;
