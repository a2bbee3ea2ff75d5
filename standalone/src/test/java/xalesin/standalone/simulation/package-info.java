/** A whole company at random, on real services, held against models of its own. */
@NullMarked
package xalesin.standalone.simulation;

import org.jspecify.annotations.NullMarked;
