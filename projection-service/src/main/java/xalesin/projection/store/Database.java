package xalesin.projection.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * One RocksDB of views. Written by one thread at a time, without a write-ahead log: the changelog
 * topic is the log. Read by any thread that holds it ({@link #enter()}); closing waits for them.
 * Every batch is atomic to readers and to a crash: what a crash leaves is a prefix of the batches.
 */
final class Database {
  private static final Duration MAX_CLOSE = Duration.ofSeconds(30);

  private final String name;
  private final Options options;
  private final WriteOptions writeOptions = new WriteOptions().setDisableWAL(true);
  private final ReadOptions latest = new ReadOptions();
  private final RocksDB db;
  private final Lease lease = new Lease();
  private final AtomicLong writes = new AtomicLong();
  private boolean closed;

  /**
   * @throws StoreException when it cannot be opened
   */
  Database(Path directory, SharedMemory memory) {
    name = directory.toString();
    options = memory.options();
    try {
      Files.createDirectories(directory);
      db = RocksDB.open(options, name);
    } catch (IOException | RocksDBException e) {
      latest.close();
      writeOptions.close();
      options.close();
      throw new StoreException(name + " cannot be opened", e);
    }
  }

  /** Whether it is open and now held open for the caller, who must {@link #leave()}. */
  boolean enter() {
    return lease.enter();
  }

  void leave() {
    lease.leave();
  }

  byte @Nullable [] get(byte[] key) {
    return get(latest, key);
  }

  byte @Nullable [] get(ReadOptions options, byte[] key) {
    try {
      return db.get(options, key);
    } catch (RocksDBException e) {
      throw new StoreException(name + " cannot be read", e);
    }
  }

  List<byte[]> multiGet(ReadOptions options, List<byte[]> keys) {
    try {
      return db.multiGetAsList(options, keys);
    } catch (RocksDBException e) {
      throw new StoreException(name + " cannot be read", e);
    }
  }

  /** All keys that begin with the prefix, in order. */
  List<byte[]> keys(byte[] prefix) {
    List<byte[]> keys = new ArrayList<>();
    try (RocksIterator iterator = db.newIterator(latest)) {
      for (iterator.seek(prefix);
          iterator.isValid() && startsWith(iterator.key(), prefix);
          iterator.next()) {
        keys.add(iterator.key());
      }
      iterator.status();
    } catch (RocksDBException e) {
      throw new StoreException(name + " cannot be read", e);
    }
    return keys;
  }

  void write(BatchBytes batch) {
    if (batch.count() == 0) {
      return;
    }
    writes.incrementAndGet();
    try (WriteBatch rocks = new WriteBatch(batch.toBytes())) {
      db.write(writeOptions, rocks);
    } catch (RocksDBException e) {
      throw new StoreException(name + " cannot be written", e);
    } finally {
      writes.incrementAndGet();
    }
  }

  /**
   * Counts the beginnings and ends of writes: odd while one is under way. Two reads belong to the
   * same instant when it was even before them and is the same after.
   */
  long writes() {
    return writes.get();
  }

  RocksDB rocks() {
    return db;
  }

  /** A number that RocksDB keeps, such as {@code rocksdb.total-sst-files-size}. */
  long property(String property) {
    try {
      return db.getLongProperty(property);
    } catch (RocksDBException e) {
      throw new StoreException(name + " has no " + property, e);
    }
  }

  /** Writes out what is in memory. */
  void flush() {
    try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
      db.flush(flush);
    } catch (RocksDBException e) {
      throw new StoreException(name + " cannot be flushed", e);
    }
  }

  /**
   * Waits for the readers, then closes. What was not flushed is flushed.
   *
   * @throws StoreException when a reader does not leave in time; the native memory is then left to
   *     it
   */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (!lease.close(MAX_CLOSE)) {
      throw new StoreException(name + " is still being read");
    }
    try {
      flush();
    } finally {
      db.close();
      latest.close();
      writeOptions.close();
      options.close();
    }
  }

  @Override
  public String toString() {
    return name;
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
