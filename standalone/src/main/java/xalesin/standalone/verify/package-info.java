/** Reconciles what the table, the topic and the views say: three tellings of one story. */
@NullMarked
package xalesin.standalone.verify;

import org.jspecify.annotations.NullMarked;
