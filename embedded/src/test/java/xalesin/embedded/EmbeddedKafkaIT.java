package xalesin.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
  @TempDir Path folder;
  private KafkaOptions options;

  @BeforeEach
  void options() {
    options = KafkaOptions.in(folder);
  }

  @Test
  void records_and_cluster_id_are_there_after_a_restart_on_another_port() throws Exception {
    String cluster;
    try (var first = EmbeddedKafka.start(options)) {
      cluster = clusterId(first);
      Records.createTopic(first);
      try (KafkaProducer<String, String> producer =
          Records.producer(first, Map.of("transactional.id", "one"))) {
        producer.initTransactions();
        producer.beginTransaction();
        Records.write(producer, "committed");
        producer.commitTransaction();
        producer.beginTransaction();
        Records.write(producer, "aborted");
        producer.abortTransaction();
      }
    }

    try (var second = EmbeddedKafka.start(options)) {
      assertThat(clusterId(second)).isEqualTo(cluster);
      assertThat(Records.read(second)).containsExactly("committed");
      assertThat(second.failed().toCompletableFuture()).isNotDone();
    }
  }

  @Test
  void it_is_one_small_node_with_the_second_transaction_protocol() throws Exception {
    try (var server = EmbeddedKafka.start(options);
        var admin = Records.admin(server)) {
      var features = admin.describeFeatures().featureMetadata().get(30, TimeUnit.SECONDS);
      assertThat(features.finalizedFeatures())
          .hasEntrySatisfying(
              "transaction.version",
              range -> assertThat(range.maxVersionLevel()).isEqualTo((short) 2));

      Records.createTopic(server);
      try (KafkaProducer<String, String> producer =
          Records.producer(server, Map.of("transactional.id", "one"))) {
        producer.initTransactions();
      }
      assertThat(
              admin
                  .describeTopics(List.of("__transaction_state"))
                  .allTopicNames()
                  .get(30, TimeUnit.SECONDS)
                  .values())
          .singleElement()
          .satisfies(
              topic ->
                  assertThat(topic.partitions())
                      .hasSize(4)
                      .allMatch(each -> each.replicas().size() == 1));
    }
  }

  @Test
  void a_port_that_is_taken_and_a_setting_that_is_wrong_are_named() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedKafka.start(options.port(taken.getLocalPort())))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("kafka port " + taken.getLocalPort() + " cannot be opened");
    }
    assertThatThrownBy(() -> EmbeddedKafka.start(options.setting("num.io.threads", "0")))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("num.io.threads");

    EmbeddedKafka.start(options).close();
  }

  @Test
  void a_folder_whose_formatting_was_cut_short_is_formatted_again() throws Exception {
    Path log = Files.createDirectories(folder.resolve("log"));
    Files.writeString(log.resolve("bootstrap.checkpoint.tmp"), "half");

    try (var server = EmbeddedKafka.start(options)) {
      assertThat(clusterId(server)).isNotBlank();
    }
  }

  @Test
  void a_second_start_on_the_folder_is_refused() throws Exception {
    try (var server = EmbeddedKafka.start(options)) {
      assertThatThrownBy(() -> EmbeddedKafka.start(options))
          .isInstanceOf(DataFolderInUseException.class)
          .hasMessageContaining(folder.toString());
      assertThat(clusterId(server)).isNotBlank();
    }
  }

  private static String clusterId(KafkaServer server) throws Exception {
    try (var admin = Records.admin(server)) {
      return admin.describeCluster().clusterId().get(30, TimeUnit.SECONDS);
    }
  }
}
