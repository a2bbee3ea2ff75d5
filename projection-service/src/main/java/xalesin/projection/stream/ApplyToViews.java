package xalesin.projection.stream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.projection.ParkedStream;
import xalesin.projection.ViewsUnavailableException;
import xalesin.projection.store.AppliedVersion;
import xalesin.projection.store.Keyspace;
import xalesin.projection.store.StoreException;
import xalesin.projection.store.StoreReader;
import xalesin.projection.stream.Rows.ChangedRow;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.EventTypes;
import xalesin.schemas.InvalidValueException;
import xalesin.schemas.Json;
import xalesin.schemas.RecordedEvent;

/**
 * Applies a partition's events to its views, each exactly once and in order.
 *
 * <p>A version at or below the applied one is a duplicate and ignored. A version beyond the next
 * one is a gap: the partition stops there, for good, and says why; nothing behind it is applied or
 * committed. An event that cannot be decoded or folded parks its stream: it and the later events of
 * that stream go to the dead letters, all other streams go on.
 *
 * <p>Events are written in groups, see {@link GroupRule}: of one when they come one by one, of many
 * when there is a backlog. A group is one atomic batch of the store. For one stream thread.
 */
final class ApplyToViews implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Logger log = LoggerFactory.getLogger(ApplyToViews.class);
  private static final Duration PUNCTUATION = Duration.ofMillis(50);

  /** The busy ones; most streams get one event and are not asked for again. About 1 MB. */
  private static final int MAX_STREAMS = 4_096;

  private final Shared shared;
  private final Group group = new Group();
  private final Map<StreamId, StreamState> streams =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StreamId, StreamState> eldest) {
          return size() > MAX_STREAMS;
        }
      };

  private @Nullable Running running;
  private long lastOffset = -1;

  /** What is there once the task runs. */
  private record Running(
      ProcessorContext<byte[], byte[]> context,
      int partition,
      KeyValueStore<Bytes, byte[]> store,
      StoreReader reader,
      Rows rows,
      PartitionProgress progress,
      GroupRule rule) {}

  private record StreamState(AppliedVersion applied, @Nullable ParkedStream parked) {
    long seen() {
      return parked == null ? applied.version() : parked.through();
    }
  }

  ApplyToViews(Shared shared) {
    this.shared = shared;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    int partition = context.taskId().partition();
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(ViewsTopology.STORE);
    StoreReader reader = shared.stores().running(partition);
    PartitionProgress progress = shared.progress().of(partition);
    progress.begin();
    Rows rows = new Rows(shared.views(), reader, group);
    GroupRule rule = new GroupRule(shared.clock(), progress);
    running = new Running(context, partition, store, reader, rows, progress, rule);
    context.schedule(PUNCTUATION, PunctuationType.WALL_CLOCK_TIME, _ -> flushIfOld());
  }

  private void flushIfOld() {
    if (running().rule().isOld(group)) {
      flush(running());
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Running run = running();
    if (run.progress().stopped() != null) {
      return;
    }
    long offset = run.context().recordMetadata().map(RecordMetadata::offset).orElse(-1L);
    Taken taken = new Taken(record, offset);
    try {
      RecordedEvent event = Envelope.read(record, run.partition());
      if (!take(run, taken, event)) {
        return;
      }
      taken.micros = micros(event);
    } catch (InvalidValueException e) {
      unreadable(run, taken, e);
    }
    lastOffset = offset;
    if (group.isEmpty()) {
      run.progress().done(offset);
      return;
    }
    run.progress().hold(offset);
    if (run.rule().isDue(group, offset, taken.micros)) {
      flush(run);
    }
  }

  /** Puts the event into the group; false when the partition stops at it. */
  private boolean take(Running run, Taken taken, RecordedEvent event) {
    StreamId id = new StreamId(event.tenant(), event.stream());
    StreamState state = state(run, id);
    if (event.version() <= state.seen()) {
      shared.metrics().duplicate();
      return true;
    }
    if (event.version() != state.seen() + 1) {
      stop(run, taken, event, state.seen() + 1);
      return false;
    }
    if (state.parked() != null) {
      park(run, taken, event, state, state.parked().error());
      return true;
    }
    List<ChangedRow> changed;
    try {
      DomainEvent data = EventTypes.read(event);
      changed = run.rows().fold(event, data);
    } catch (StoreException | ViewsUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      log.error(
          "{} of {} at version {} cannot be applied: its stream is parked",
          event.type(),
          id,
          event.version(),
          e);
      park(run, taken, event, state, Envelope.describe(e));
      return true;
    }
    run.rows().apply(changed, taken.record.timestamp());
    AppliedVersion applied = state.applied().next(micros(event));
    group.fact(Keyspace.applied(id.tenant(), id.stream()), applied.encode());
    group.applied(id, event.version(), micros(event));
    streams.put(id, new StreamState(applied, null));
    return true;
  }

  private StreamState state(Running run, StreamId id) {
    StreamState known = streams.get(id);
    if (known != null) {
      return known;
    }
    // What is in the group may have left the map: the store alone would be behind.
    if (!group.isEmpty() && group.versions().containsKey(id)) {
      flush(run);
    }
    StreamState read =
        new StreamState(
            run.reader().applied(id.tenant(), id.stream()),
            run.reader().parked(id.tenant(), id.stream()));
    streams.put(id, read);
    return read;
  }

  /** Nothing says whose event it is: all that can be done is to keep it. */
  private void unreadable(Running run, Taken taken, InvalidValueException e) {
    String error = "%s %s".formatted(e.field(), e.getMessage());
    log.error(
        "A record of partition {} at offset {} is not an event: {}",
        run.partition(),
        taken.offset,
        error);
    shared.metrics().unreadable();
    group.deadLetter(Envelope.deadLetter(taken.record, run.partition(), taken.offset, error));
  }

  private void park(
      Running run, Taken taken, RecordedEvent event, StreamState state, String error) {
    ParkedStream before = state.parked();
    ParkedStream parked =
        before == null
            ? new ParkedStream(
                event.stream(), event.version(), event.type(), event.version(), error)
            : before.through(event.version());
    StreamId id = new StreamId(event.tenant(), event.stream());
    group.fact(Keyspace.parked(id.tenant(), id.stream()), Json.write(parked));
    group.deadLetter(Envelope.deadLetter(taken.record, run.partition(), taken.offset, error));
    streams.put(id, new StreamState(state.applied(), parked));
    shared.metrics().parked();
  }

  private void stop(Running run, Taken taken, RecordedEvent event, long expected) {
    flush(run);
    String reason =
        "partition %d has stopped at offset %d: tenant %s, stream %s, expected version %d, found %d"
            .formatted(
                run.partition(),
                taken.offset,
                event.tenant(),
                event.stream(),
                expected,
                event.version());
    run.progress().stop(taken.offset, reason);
    shared.metrics().gap();
    log.error("Gap in the log: {}", reason);
  }

  private void flush(Running run) {
    if (!group.isEmpty()) {
      List<Group.Output> outputs = new ArrayList<>();
      run.store().putAll(group.facts(shared.indexed(), outputs::add));
      shared.waiters().applied(group.versions());
      if (shared.changes().isWatched()) {
        shared.changes().written(group.changedRows(), group.tenants(), run.reader()::sequence);
      }
      shared.metrics().applied(group);
      for (Group.Output output : outputs) {
        run.context()
            .forward(
                new Record<>(output.id().topicKey(), output.json(), output.timestampMillis()),
                ViewsTopology.sink(output.id().view()));
      }
      group
          .deadLetters()
          .forEach(letter -> run.context().forward(letter, ViewsTopology.DEAD_LETTERS));
      group.clear();
    }
    run.progress().done(lastOffset);
  }

  @Override
  public void close() {
    Running run = running;
    if (run != null) {
      // What waits in the group is not committed: whoever goes on reads it again.
      shared.stores().stopped(run.partition());
      run.progress().end();
      shared.changes().stopped(run.partition());
      shared.waiters().wakeAll();
      group.clear();
      streams.clear();
      running = null;
    }
  }

  private Running running() {
    return requireNonNull(running, "the task has not begun");
  }

  private static long micros(RecordedEvent event) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, event.recordedAt());
  }

  /** The record at hand. */
  private static final class Taken {
    final Record<byte[], byte[]> record;
    final long offset;
    long micros = Long.MAX_VALUE;

    Taken(Record<byte[], byte[]> record, long offset) {
      this.record = record;
      this.offset = offset;
    }
  }
}
