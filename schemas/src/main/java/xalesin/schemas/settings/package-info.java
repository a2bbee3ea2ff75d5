/** What a tenant has set for itself: commands, events and the row. */
@NullMarked
package xalesin.schemas.settings;

import org.jspecify.annotations.NullMarked;
