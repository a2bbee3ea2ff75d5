/**
 * What every aggregate is made of: pure decisions, refusals that are values, and what is claimed.
 */
@NullMarked
package xalesin.command.decision;

import org.jspecify.annotations.NullMarked;
