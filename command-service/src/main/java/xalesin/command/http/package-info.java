/** The command service's routes: parse, hand over, tell the outcome. */
@NullMarked
package xalesin.command.http;

import org.jspecify.annotations.NullMarked;
