/**
 * The public read API: gets, several rows by id, lists, totals and anchors, answered from the views
 * of the node in the same process. Knows no view by name: each comes from its declaration.
 */
@NullMarked
package xalesin.query;

import org.jspecify.annotations.NullMarked;
