@NullMarked
package xalesin.embedded;

import org.jspecify.annotations.NullMarked;
