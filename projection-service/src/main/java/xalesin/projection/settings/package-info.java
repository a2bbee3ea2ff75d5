/** What a tenant has set for itself. */
@NullMarked
package xalesin.projection.settings;

import org.jspecify.annotations.NullMarked;
