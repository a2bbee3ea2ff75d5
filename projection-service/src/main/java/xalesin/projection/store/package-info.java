/** Where the views lie: one ordered keyspace per partition in RocksDB, and the reading of it. */
@NullMarked
package xalesin.projection.store;

import org.jspecify.annotations.NullMarked;
