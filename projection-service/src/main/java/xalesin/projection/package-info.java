/** The views: folded from the log by Kafka Streams, kept in RocksDB, read in the same process. */
@NullMarked
package xalesin.projection;

import org.jspecify.annotations.NullMarked;
