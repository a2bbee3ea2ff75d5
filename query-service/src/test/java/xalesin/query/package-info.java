@NullMarked
package xalesin.query;

import org.jspecify.annotations.NullMarked;
