/**
 * How every main reads its configuration: `XALESIN_…` environment variables, validated and
 * documented in one place.
 */
@NullMarked
package xalesin.schemas.config;

import org.jspecify.annotations.NullMarked;
