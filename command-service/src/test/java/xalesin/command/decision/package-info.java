/** What every aggregate is made of, tested. */
@NullMarked
package xalesin.command.decision;

import org.jspecify.annotations.NullMarked;
