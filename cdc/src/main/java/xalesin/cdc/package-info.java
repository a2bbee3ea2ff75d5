/**
 * The road from Postgres' write-ahead log to Kafka: committed events, in commit order, each exactly
 * once. `CdcService` is the door; `docs/adr/0003-cdc-exactly-once.md` tells why it is built so.
 */
@NullMarked
package xalesin.cdc;

import org.jspecify.annotations.NullMarked;
