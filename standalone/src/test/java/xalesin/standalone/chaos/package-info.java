/** Kills real processes under load and checks that nothing acknowledged was lost or done twice. */
@NullMarked
package xalesin.standalone.chaos;

import org.jspecify.annotations.NullMarked;
