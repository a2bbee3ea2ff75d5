package xalesin.projection;

import java.nio.file.Path;
import java.time.Duration;
import xalesin.schemas.config.Settings;

/**
 * How a node with views runs.
 *
 * @param bootstrapServers of Kafka
 * @param folder where the partitions' stores lie; one process at a time
 * @param rebuild 0 at first; with another number the views are built anew from the whole log,
 *     beside those of the numbers before
 * @param threads that apply events; a partition is on one of them
 * @param standbys copies of each partition on other nodes, kept up to date to take over
 * @param replication of the topics that are created here
 * @param commitInterval how often the views' topics, changelog and offsets are committed together.
 *     Reads do not wait for it; a commit holds up the events behind it for some milliseconds
 * @param cacheBytes of all stores together, write buffers included
 * @param writeBufferBytes of all stores together, a part of cacheBytes
 */
public record ProjectionConfig(
    String bootstrapServers,
    Path folder,
    int rebuild,
    int threads,
    int standbys,
    short replication,
    Duration commitInterval,
    long cacheBytes,
    long writeBufferBytes) {
  /** Of the views as they are declared now: raised when rows or indexes change their form. */
  private static final int GENERATION = 3;

  /** More repairs than an installation will have. */
  public static final int MAX_REBUILD = 10_000;

  private static final Duration DEFAULT_COMMIT = Duration.ofSeconds(1);
  private static final Duration MIN_COMMIT = Duration.ofMillis(10);
  private static final Duration MAX_COMMIT = Duration.ofSeconds(10);
  private static final long DEFAULT_CACHE = 160L << 20;
  private static final long DEFAULT_WRITE_BUFFERS = 64L << 20;
  private static final long MIN_WRITE_BUFFERS = 4L << 20;
  private static final long MAX_CACHE = 64L << 30;
  private static final int MAX_THREADS = 64;
  private static final int MAX_STANDBYS = 5;
  private static final int MAX_REPLICATION = 9;

  public ProjectionConfig {
    require(!bootstrapServers.isBlank(), "bootstrap servers are required");
    require(rebuild >= 0 && rebuild <= MAX_REBUILD, "the rebuild must be from 0 to " + MAX_REBUILD);
    require(threads > 0 && threads <= MAX_THREADS, "threads must be from 1 to " + MAX_THREADS);
    require(standbys >= 0 && standbys <= MAX_STANDBYS, "standbys must be 0 to " + MAX_STANDBYS);
    require(replication > 0, "replication must be positive");
    require(
        commitInterval.compareTo(MIN_COMMIT) >= 0 && commitInterval.compareTo(MAX_COMMIT) <= 0,
        "commit interval must be from 10ms to 10s");
    require(writeBufferBytes >= MIN_WRITE_BUFFERS, "write buffers must be 4MiB at least");
    require(cacheBytes > writeBufferBytes, "the cache must be larger than the write buffers");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /** A single node's defaults. */
  public static ProjectionConfig of(String bootstrapServers, Path folder) {
    return new ProjectionConfig(
        bootstrapServers,
        folder,
        0,
        2,
        0,
        (short) 1,
        DEFAULT_COMMIT,
        DEFAULT_CACHE,
        DEFAULT_WRITE_BUFFERS);
  }

  public ProjectionConfig rebuild(int other) {
    return new ProjectionConfig(
        bootstrapServers,
        folder,
        other,
        threads,
        standbys,
        replication,
        commitInterval,
        cacheBytes,
        writeBufferBytes);
  }

  public ProjectionConfig commitInterval(Duration other) {
    return new ProjectionConfig(
        bootstrapServers,
        folder,
        rebuild,
        threads,
        standbys,
        replication,
        other,
        cacheBytes,
        writeBufferBytes);
  }

  /** Reads the configuration; the caller checks the settings afterwards. */
  public static ProjectionConfig read(Settings settings) {
    return new ProjectionConfig(
        settings.text("XALESIN_KAFKA", "127.0.0.1:9092", "Kafka's bootstrap servers"),
        settings.path("XALESIN_VIEWS_FOLDER", Path.of("data", "views"), "Where the stores lie"),
        settings.integer(
            "XALESIN_VIEWS_REBUILD",
            0,
            0,
            MAX_REBUILD,
            "number",
            "Raised by one, the views are built anew from the log; the same on all nodes"),
        settings.integer(
            "XALESIN_VIEWS_THREADS", 2, 1, MAX_THREADS, "threads", "Threads that apply events"),
        settings.integer(
            "XALESIN_VIEWS_STANDBYS", 0, 0, MAX_STANDBYS, "copies", "Standbys of each partition"),
        (short)
            settings.integer(
                "XALESIN_KAFKA_REPLICATION",
                1,
                1,
                MAX_REPLICATION,
                "brokers",
                "Replication of the topics that are created"),
        settings.duration(
            "XALESIN_VIEWS_COMMIT",
            DEFAULT_COMMIT,
            MIN_COMMIT,
            MAX_COMMIT,
            "How often topics and offsets are committed; reads do not wait for it"),
        settings.bytes(
            "XALESIN_VIEWS_CACHE",
            DEFAULT_CACHE,
            2 * MIN_WRITE_BUFFERS,
            MAX_CACHE,
            "Memory of all stores together"),
        settings.bytes(
            "XALESIN_VIEWS_WRITE_BUFFERS",
            DEFAULT_WRITE_BUFFERS,
            MIN_WRITE_BUFFERS,
            MAX_CACHE,
            "Part of that memory for what is not written out yet"));
  }

  /** The Kafka application of the views in their form of now, and of their rebuild. */
  public String applicationId() {
    String id = "xalesin-views-g" + GENERATION;
    return rebuild == 0 ? id : id + "-r" + rebuild;
  }
}
