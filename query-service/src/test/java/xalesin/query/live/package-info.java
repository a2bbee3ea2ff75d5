@NullMarked
package xalesin.query.live;

import org.jspecify.annotations.NullMarked;
