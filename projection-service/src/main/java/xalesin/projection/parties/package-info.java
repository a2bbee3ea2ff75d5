/** Views of customers and suppliers. */
@NullMarked
package xalesin.projection.parties;

import org.jspecify.annotations.NullMarked;
