package xalesin.projection.store;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * The memory that all stores of a process share, and with it how they are set up: one cache that
 * holds blocks, their indexes and filters, and is charged for what is not written out yet. So the
 * process has one bound, whatever the number of partitions. Thread-safe; close it after the stores.
 */
public final class SharedMemory implements AutoCloseable {
  static {
    RocksDB.loadLibrary();
  }

  private static final double BLOOM_BITS = 10;
  private static final double MEMTABLE_BLOOM = 0.05;
  private static final long BLOCK_BYTES = 4 << 10;
  private static final long FILE_BYTES = 64L << 20;
  private static final long LEVEL_BYTES = 256L << 20;
  private static final long MAX_BUFFER_BYTES = 32L << 20;
  private static final int MAX_BUFFERS = 3;
  private static final int BACKGROUND_JOBS = 2;
  private static final int LEVEL0_FILES = 6;

  private final Cache cache;
  private final WriteBufferManager writeBuffers;
  private final BloomFilter bloom = new BloomFilter(BLOOM_BITS, false);
  private final long bufferBytes;

  /**
   * @param cacheBytes of all stores together, the write buffers among them
   * @param writeBufferBytes of all stores together, less than cacheBytes
   */
  public SharedMemory(long cacheBytes, long writeBufferBytes) {
    if (writeBufferBytes >= cacheBytes) {
      throw new IllegalArgumentException("write buffers must be smaller than the cache");
    }
    cache = new LRUCache(cacheBytes);
    writeBuffers = new WriteBufferManager(writeBufferBytes, cache);
    bufferBytes = Math.min(MAX_BUFFER_BYTES, writeBufferBytes / 2);
  }

  /** Options of one store; the caller closes them after it. */
  Options options() {
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setCacheIndexAndFilterBlocks(true)
            .setPinL0FilterAndIndexBlocksInCache(true)
            .setFilterPolicy(bloom)
            .setIndexType(IndexType.kBinarySearch)
            .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash)
            .setBlockSize(BLOCK_BYTES);
    return new Options()
        .setCreateIfMissing(true)
        .setTableFormatConfig(table)
        .setWriteBufferManager(writeBuffers)
        .setWriteBufferSize(bufferBytes)
        .setMaxWriteBufferNumber(MAX_BUFFERS)
        .setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM)
        .setMemtableWholeKeyFiltering(true)
        .setAllowConcurrentMemtableWrite(false)
        .setEnableWriteThreadAdaptiveYield(false)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setLevel0FileNumCompactionTrigger(LEVEL0_FILES)
        .setTargetFileSizeBase(FILE_BYTES)
        .setMaxBytesForLevelBase(LEVEL_BYTES)
        .setLevelCompactionDynamicLevelBytes(true)
        .setMaxBackgroundJobs(BACKGROUND_JOBS)
        .setStatsDumpPeriodSec(0)
        .setKeepLogFileNum(1)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL);
  }

  /** Bytes of the cache in use. */
  public long usedBytes() {
    return cache.getUsage();
  }

  @Override
  public void close() {
    writeBuffers.close();
    cache.close();
    bloom.close();
  }
}
