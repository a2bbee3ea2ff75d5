package xalesin.cdc;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Topics;

/**
 * Creates topics as they are specified and refuses those that exist otherwise: a topic with another
 * number of partitions would send a tenant's events to another place. Stateless.
 */
public final class TopicAdmin {
  private static final long PAUSE_MILLIS = 20;

  private TopicAdmin() {}

  /**
   * After this every topic exists with its partitions and configuration. May be called by several
   * processes at once.
   *
   * @param timeout for each call to Kafka
   * @throws TopicsDifferException naming every topic that exists and differs
   * @throws KafkaException when Kafka cannot be reached or refuses
   */
  public static void ensure(Admin admin, Collection<Topics.Spec> specs, Duration timeout) {
    var created =
        admin.createTopics(specs.stream().map(TopicAdmin::newTopic).toList()).values().values();
    for (KafkaFuture<Void> creation : created) {
      try {
        await(creation, timeout);
      } catch (TopicExistsException _) {
        // Whether it is the right one is looked at below.
      }
    }
    List<String> problems =
        specs.stream().flatMap(spec -> difference(admin, spec, timeout).stream()).toList();
    if (!problems.isEmpty()) {
      throw new TopicsDifferException(String.join("; ", problems));
    }
  }

  private static NewTopic newTopic(Topics.Spec spec) {
    return new NewTopic(spec.name(), Optional.of(spec.partitions()), Optional.empty())
        .configs(spec.config());
  }

  private static Optional<String> difference(Admin admin, Topics.Spec spec, Duration timeout) {
    TopicDescription found =
        patiently(
            () -> admin.describeTopics(List.of(spec.name())).topicNameValues().get(spec.name()),
            timeout);
    if (found.partitions().size() != spec.partitions()) {
      return Optional.of(
          "topic %s has %d partitions and must have %d"
              .formatted(spec.name(), found.partitions().size(), spec.partitions()));
    }
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, spec.name());
    Config config =
        patiently(() -> admin.describeConfigs(List.of(resource)).values().get(resource), timeout);
    for (Map.Entry<String, String> wanted : spec.config().entrySet()) {
      var entry = config.get(wanted.getKey());
      if (entry == null || !wanted.getValue().equals(entry.value())) {
        return Optional.of(
            "topic %s has %s=%s and must have %s"
                .formatted(
                    spec.name(),
                    wanted.getKey(),
                    entry == null ? null : entry.value(),
                    wanted.getValue()));
      }
    }
    return Optional.empty();
  }

  /** A topic that was made a moment ago may not have come round to the broker that is asked. */
  private static <T> T patiently(Supplier<@Nullable KafkaFuture<T>> question, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      try {
        return await(question.get(), timeout);
      } catch (UnknownTopicOrPartitionException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static <T> T await(@Nullable KafkaFuture<T> future, Duration timeout) {
    Objects.requireNonNull(future, "Kafka gives a future for everything it is asked");
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new KafkaException(e);
    } catch (TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException(e);
    }
  }
}
