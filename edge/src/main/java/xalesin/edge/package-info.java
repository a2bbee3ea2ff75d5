@NullMarked
package xalesin.edge;

import org.jspecify.annotations.NullMarked;
