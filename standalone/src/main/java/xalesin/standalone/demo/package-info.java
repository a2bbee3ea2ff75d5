/** The demo company: made up from a seed, and sent through the public HTTP API like any user's. */
@NullMarked
package xalesin.standalone.demo;

import org.jspecify.annotations.NullMarked;
