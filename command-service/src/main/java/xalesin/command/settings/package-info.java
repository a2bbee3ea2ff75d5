/** What a tenant has set for itself: state, rules, refusals. */
@NullMarked
package xalesin.command.settings;

import org.jspecify.annotations.NullMarked;
