package xalesin.projection;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.projection.ViewsState.Status;
import xalesin.projection.changes.ChangeFeed;
import xalesin.projection.store.IndexedViews;
import xalesin.projection.store.LocalStores;
import xalesin.projection.store.SharedMemory;
import xalesin.projection.stream.AppliedWaiters;
import xalesin.projection.stream.ApplyMetrics;
import xalesin.projection.stream.LogEnds;
import xalesin.projection.stream.LogProgress;
import xalesin.projection.stream.NodeMetrics;
import xalesin.projection.stream.RestoreNotice;
import xalesin.projection.stream.Shared;
import xalesin.projection.stream.StreamsSettings;
import xalesin.projection.stream.TopicSetup;
import xalesin.projection.stream.ViewsStreams;
import xalesin.schemas.Topics;

/**
 * A node with views: applies the log to the partitions that it is given and lets them be read in
 * this process. Thread-safe.
 *
 * <p>A thread that fails is replaced, a few times in a while; then the node gives up and says so. A
 * partition that meets a gap in the log stops alone.
 */
public final class ProjectionService implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ProjectionService.class);
  private static final Duration MAX_CLOSE = Duration.ofSeconds(30);

  /** More failures than this within the window are no passing fault. */
  private static final int MAX_REPLACEMENTS = 5;

  private static final Duration REPLACEMENT_WINDOW = Duration.ofMinutes(5);

  private final String bootstrapServers;
  private final SharedMemory memory;
  private final LocalStores stores = new LocalStores(Topics.PARTITIONS);
  private final LogProgress progress = new LogProgress(Topics.PARTITIONS);
  private final AppliedWaiters waiters = new AppliedWaiters();
  private final ChangeFeed changes = new ChangeFeed(stores);
  private final KafkaStreams streams;
  private final Views views;
  private final Deque<Long> failures = new ArrayDeque<>();
  private final AtomicReference<@Nullable String> gaveUp = new AtomicReference<>();

  private ProjectionService(ProjectionConfig config, MeterRegistry registry) {
    InstantSource clock = InstantSource.system();
    bootstrapServers = config.bootstrapServers();
    memory = new SharedMemory(config.cacheBytes(), config.writeBufferBytes());
    Shared shared =
        new Shared(
            ViewCatalog.ALL,
            new IndexedViews(ViewCatalog.ALL),
            memory,
            stores,
            progress,
            waiters,
            changes,
            new ApplyMetrics(registry, clock),
            clock);
    streams = ViewsStreams.create(shared, StreamsSettings.of(config));
    streams.setUncaughtExceptionHandler(this::failed);
    views = new LocalViews(stores, progress, waiters, this::state);
    NodeMetrics.register(registry, shared);
  }

  /**
   * Sets up the topics and starts. Returns before the views can be read: {@link #views()} says how
   * far they are.
   *
   * @throws IllegalStateException when the topics are not as they must be, or Kafka does not answer
   */
  public static ProjectionService start(ProjectionConfig config, MeterRegistry registry)
      throws InterruptedException {
    RestoreNotice.install();
    TopicSetup.ensure(
        config.bootstrapServers(),
        config.replication(),
        TopicSetup.specs(ViewCatalog.names(), config.applicationId()));
    ProjectionService service = new ProjectionService(config, registry);
    try {
      service.streams.start();
    } catch (RuntimeException e) {
      service.close();
      throw e;
    }
    return service;
  }

  public Views views() {
    return views;
  }

  /** What has changed in them, for those who push it. */
  public ChangeFeed changes() {
    return changes;
  }

  /** Never throws. */
  public ViewsState health() {
    return state();
  }

  /**
   * From now on all partitions have to be here, and all that the log has now has to be applied to
   * them, before they are read: for the only node of an installation, once it is known that
   * everything that was acknowledged is in the log. Asks Kafka, for 30 seconds at most.
   *
   * @throws IllegalStateException when Kafka does not answer
   */
  public void requireWholeLog() throws InterruptedException {
    progress.require(LogEnds.read(bootstrapServers));
  }

  private StreamThreadExceptionResponse failed(Throwable failure) {
    log.error("A thread that applies events has failed", failure);
    if (mayReplace()) {
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    gaveUp.set("applying events failed again and again, at last with " + failure);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private synchronized boolean mayReplace() {
    long now = System.nanoTime();
    failures.addLast(now);
    while (now - failures.getFirst() > REPLACEMENT_WINDOW.toNanos()) {
      failures.removeFirst();
    }
    return failures.size() <= MAX_REPLACEMENTS;
  }

  private ViewsState state() {
    String failure = gaveUp.get();
    if (failure != null) {
      return new ViewsState(Status.FAILED, List.of(failure));
    }
    return switch (streams.state()) {
      case CREATED -> new ViewsState(Status.STARTING, List.of("not started yet"));
      case REBALANCING -> new ViewsState(Status.RESTORING, restoring());
      case RUNNING -> running();
      case PENDING_SHUTDOWN, NOT_RUNNING ->
          new ViewsState(Status.FAILED, List.of("closed: no events are applied"));
      case PENDING_ERROR, ERROR ->
          new ViewsState(Status.FAILED, List.of("all threads that apply events have failed"));
    };
  }

  private ViewsState running() {
    List<String> stopped = progress.stopped();
    List<String> missing = progress.catchingUp();
    if (!missing.isEmpty()) {
      return new ViewsState(
          Status.CATCHING_UP, Stream.concat(stopped.stream(), missing.stream()).toList());
    }
    return new ViewsState(stopped.isEmpty() ? Status.RUNNING : Status.DEGRADED, stopped);
  }

  private List<String> restoring() {
    List<String> reasons = new ArrayList<>(progress.stopped());
    reasons.add(
        String.format(
            Locale.ROOT,
            "%d of %d partitions are restored here, with %,d records",
            stores.readable().size(),
            stores.partitions(),
            stores.restoredRecords()));
    reasons.addAll(progress.catchingUp());
    return reasons;
  }

  /**
   * Stops applying, commits what was applied, lets readers finish and closes the stores. Other
   * nodes take over at once.
   */
  @Override
  public void close() {
    CloseOptions options =
        CloseOptions.timeout(MAX_CLOSE)
            .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP);
    if (!streams.close(options)) {
      log.error("The views were not closed within {}; they are restored next time", MAX_CLOSE);
      return;
    }
    memory.close();
  }
}
