/**
 * Sends commands from files: NDJSON as it is, CSV through a profile that maps columns to commands.
 * Everything goes through the public HTTP API.
 */
@NullMarked
package xalesin.standalone.imports;

import org.jspecify.annotations.NullMarked;
