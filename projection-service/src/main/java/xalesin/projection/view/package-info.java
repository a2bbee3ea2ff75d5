/** What a view is: its rows, the events it folds, its indexes and the questions they answer. */
@NullMarked
package xalesin.projection.view;

import org.jspecify.annotations.NullMarked;
