/** Full-text search over the rows of views: one Lucene index beside each partition's store. */
@NullMarked
package xalesin.projection.search;

import org.jspecify.annotations.NullMarked;
