package xalesin.projection.stream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import xalesin.schemas.Topics;

/**
 * Creates the topics that are missing and refuses those that have another number of partitions: a
 * tenant's place must never move. Stateless.
 */
public final class TopicSetup {
  private static final Duration MAX = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 20;

  private TopicSetup() {}

  /** The topics of the views of one application. */
  public static List<Topics.Spec> specs(List<String> views, String applicationId) {
    List<Topics.Spec> specs = new ArrayList<>();
    specs.add(Topics.events());
    specs.add(Topics.deadLetters());
    views.forEach(view -> specs.add(Topics.viewSpec(view)));
    specs.add(
        new Topics.Spec(
            ViewsTopology.changelog(applicationId),
            Topics.PARTITIONS,
            Map.of("cleanup.policy", "compact")));
    return specs;
  }

  /**
   * @throws IllegalStateException when a topic has the wrong number of partitions, or Kafka does
   *     not answer in time
   */
  public static void ensure(String bootstrapServers, short replication, List<Topics.Spec> specs)
      throws InterruptedException {
    Map<String, Object> config =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) MAX.toMillis());
    try (Admin admin = Admin.create(config)) {
      for (Topics.Spec spec : specs) {
        create(admin, replication, spec);
      }
      for (Topics.Spec spec : specs) {
        check(admin, spec);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the topics could not be set up: " + e.getMessage(), e);
    }
  }

  private static void create(Admin admin, short replication, Topics.Spec spec)
      throws InterruptedException, ExecutionException, TimeoutException {
    NewTopic topic =
        new NewTopic(spec.name(), spec.partitions(), replication).configs(spec.config());
    try {
      admin.createTopics(List.of(topic)).all().get(MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private static void check(Admin admin, Topics.Spec spec)
      throws InterruptedException, ExecutionException, TimeoutException {
    TopicDescription topic = describe(admin, spec.name());
    if (topic.partitions().size() != spec.partitions()) {
      throw new IllegalStateException(
          "topic %s has %d partitions and must have %d"
              .formatted(spec.name(), topic.partitions().size(), spec.partitions()));
    }
  }

  /** A topic that was made a moment ago may not have come round to the broker that is asked. */
  private static TopicDescription describe(Admin admin, String topic)
      throws InterruptedException, ExecutionException, TimeoutException {
    long deadline = System.nanoTime() + MAX.toNanos();
    while (true) {
      try {
        return requireNonNull(
            admin
                .describeTopics(List.of(topic))
                .allTopicNames()
                .get(MAX.toMillis(), TimeUnit.MILLISECONDS)
                .get(topic));
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() > deadline) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }
}
