package xalesin.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import xalesin.embedded.DataFolder;
import xalesin.embedded.EmbeddedKafka;
import xalesin.embedded.KafkaOptions;
import xalesin.projection.ProjectionConfig;
import xalesin.projection.ProjectionService;
import xalesin.projection.TenantViews;
import xalesin.projection.Views;
import xalesin.projection.store.ViewsHash;
import xalesin.schemas.Json;
import xalesin.schemas.Topics;

/**
 * Builds the views of a stopped installation a second time, from the topic's beginning, beside the
 * ones it has, compares the two by hash and drops the second. Prints what it took as JSON. The
 * installation's own views stay as they are.
 */
@Command(
    name = "rebuild-views",
    hidden = true,
    description =
        "Builds the views anew beside the old ones, compares them, and prints how long it took.",
    mixinStandardHelpOptions = true)
final class RebuildViewsCommand implements Callable<Integer> {
  /** No installation has built its views so often. */
  private static final int REBUILD = ProjectionConfig.MAX_REBUILD;

  private static final Duration LIMIT = Duration.ofMinutes(30);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long LOOK_MILLIS = 2;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      defaultValue = "data",
      description = "The installation's data folder (./${DEFAULT-VALUE}).")
  private Path data;

  /**
   * @param nanos from the first event applied to the last; 0 when all were before
   * @param hash over all keys and values of all tenants
   */
  private record Built(long nanos, String hash) {}

  @Override
  public Integer call() throws Exception {
    try (DataFolder folder = DataFolder.open(data);
        EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(folder.resolve("kafka")))) {
      long events = count(kafka.bootstrapServers());
      ProjectionConfig own =
          ProjectionConfig.of(kafka.bootstrapServers(), folder.resolve("views"))
              .rebuild(ViewsRebuild.current(folder.path()));
      Built before = build(own, events);
      Path beside = folder.resolve("views-rebuilt");
      Folders.delete(beside);
      ProjectionConfig other =
          ProjectionConfig.of(kafka.bootstrapServers(), beside).rebuild(REBUILD);
      Built after;
      try {
        after = build(other, events);
      } finally {
        Folders.delete(beside);
        ViewsRebuild.drop(kafka.bootstrapServers(), other.applicationId());
      }
      print(events, before, after);
      return before.hash().equals(after.hash())
          ? CommandLine.ExitCode.OK
          : CommandLine.ExitCode.SOFTWARE;
    }
  }

  private void print(long events, Built before, Built after) {
    double seconds = after.nanos() / 1e9;
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("events", events);
    result.put("seconds", seconds);
    result.put("eventsPerSecond", Math.round(events / seconds));
    result.put("hashBefore", before.hash());
    result.put("hashAfter", after.hash());
    spec.commandLine()
        .getOut()
        .println(new String(Json.write(result), java.nio.charset.StandardCharsets.UTF_8));
    spec.commandLine().getOut().flush();
  }

  /**
   * How many events there are in all partitions: offsets would count the transactions' markers too.
   */
  private static long count(String kafka) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, Topics.PARTITIONS)
              .mapToObj(partition -> new TopicPartition(Topics.EVENTS, partition))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long events = 0;
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("the topic cannot be read to its end");
        }
        events += consumer.poll(POLL).count();
      }
      return events;
    }
  }

  private static Built build(ProjectionConfig config, long events) throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (ProjectionService service = ProjectionService.start(config, registry)) {
      Counter taken = registry.get("xalesin.views.applied").counter();
      long deadline = System.nanoTime() + LIMIT.toNanos();
      long first = 0;
      while (true) {
        long applied = applied(service.views());
        long now = System.nanoTime();
        if (first == 0 && taken.count() > 0) {
          first = now;
        }
        if (applied == events) {
          return new Built(first == 0 ? 0 : now - first, hash(service.views()));
        }
        if (now > deadline || applied > events) {
          throw new IllegalStateException(
              "%d of %d events are applied: %s".formatted(applied, events, service.health()));
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    }
  }

  private static long applied(Views views) {
    if (!views.state().ready()) {
      return 0;
    }
    long applied = 0;
    for (String tenant : views.tenants()) {
      try (TenantViews snapshot = views.snapshot(tenant)) {
        applied += snapshot.sequence();
      }
    }
    return applied;
  }

  private static String hash(Views views) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (String tenant : views.tenants()) {
      try (TenantViews snapshot = views.snapshot(tenant)) {
        digest.update((tenant + ViewsHash.of(snapshot)).getBytes(US_ASCII));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
