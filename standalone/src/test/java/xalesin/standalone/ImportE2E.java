package xalesin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xalesin.edge.Role;
import xalesin.schemas.CloudEvents;
import xalesin.schemas.EventTypes;
import xalesin.schemas.Json;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.Topics;
import xalesin.standalone.demo.DemoData;
import xalesin.standalone.demo.DemoTenant;
import xalesin.standalone.imports.NorthwindFolder;
import xalesin.standalone.imports.TradeFigures;
import xalesin.standalone.imports.TradeInEvents;
import xalesin.standalone.imports.TradeInViews;

/** {@code ./xalesin import} and the demo company, through everything to the views and the topic. */
class ImportE2E {
  private static final Duration VISIBLE = Duration.ofMinutes(5);
  private static final Duration SILENCE = Duration.ofMillis(200);
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);

  @TempDir private Path folder;

  @Test
  void what_is_imported_is_in_the_views_and_in_the_topic_once() throws Exception {
    Path data = folder.resolve("data");
    try (Stack stack = Stack.start(StackOptions.in(data), new CountDownLatch(1));
        HttpClient http = HttpClient.newHttpClient()) {
      Path input = NorthwindFolder.realOr(folder.resolve("northwind"));
      TradeFigures expected = TradeFigures.of(input);
      load(data, input);
      String token = stack.keys().sign("northwind", "viewer", List.of(Role.VIEWER), TOKEN_LIFE);
      TradeInViews views =
          new TradeInViews(path -> get(http, stack.installation().http() + path, token));
      awaitSame(expected, views);

      // Again: nothing changes.
      load(data, input);
      awaitSame(expected, views);

      // By somebody else, whose keys are others: refused, and nothing happens twice either.
      assertThat(loadAsAnother(stack, copy(input))).isEqualTo(1);
      awaitSame(expected, views);
      TradeInEvents events = topic(stack.installation().kafka());
      assertThat(events.figures()).isEqualTo(expected);
      assertThat(events.ledger()).isZero();

      loadTheDemoCompanyTwice(stack, http, data);
      assertThat(Main.run("verify", "--data", data.toString())).isZero();
    }
  }

  private static void load(Path data, Path input) {
    assertThat(
            Main.run(
                "import",
                "--data",
                data.toString(),
                "--tenant",
                "northwind",
                "--profile",
                "northwind",
                input.toString()))
        .isZero();
  }

  private static int loadAsAnother(Stack stack, Path input) {
    String token = stack.keys().sign("northwind", "ada", List.of(Role.ADMIN), TOKEN_LIFE);
    return Main.run(
        "import",
        "--url",
        stack.installation().http(),
        "--token",
        token,
        "--profile",
        "northwind",
        input.toString());
  }

  /** Files that tell of what was refused are put beside the input. */
  private Path copy(Path input) throws IOException {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(input, "*.csv")) {
      for (Path file : files) {
        Files.copy(file, copy.resolve(file.getFileName().toString()));
      }
    }
    return copy;
  }

  private static void awaitSame(TradeFigures expected, TradeInViews views) {
    Awaitility.await()
        .atMost(VISIBLE)
        .untilAsserted(() -> assertThat(views.figures()).isEqualTo(expected));
    Awaitility.await()
        .atMost(VISIBLE)
        .untilAsserted(
            () ->
                assertThat(views.ledger())
                    .usingRecursiveComparison()
                    .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                    .isEqualTo(
                        new TradeInViews.Ledger(
                            BigDecimal.ZERO,
                            BigDecimal.ZERO,
                            expected.revenue().add(expected.freight()),
                            BigDecimal.ZERO,
                            expected.stockValue(),
                            expected.stockValue(),
                            BigDecimal.ZERO)));
  }

  private static void loadTheDemoCompanyTwice(Stack stack, HttpClient http, Path data)
      throws Exception {
    URI address = URI.create(stack.installation().http());
    String token = stack.keys().sign("demo", "admin", List.of(Role.ADMIN), TOKEN_LIFE);
    DemoTenant.load(data, address, token, System.err::println);
    DemoData.Loaded again =
        DemoData.load(address, token, DemoData.SEED, DemoTenant.day(data), System.err::println);
    assertThat(again.alreadyThere()).isEqualTo(again.commands());
    Awaitility.await()
        .atMost(VISIBLE)
        .untilAsserted(
            () ->
                assertThat(
                        get(http, address + "/api/inventory-items?limit=1", token)
                            .path("total")
                            .asInt())
                    .isEqualTo(500));
  }

  private static JsonNode get(HttpClient http, String address, String token)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer " + token)
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).as("%s", address).isEqualTo(200);
    return Json.read(answer.body(), JsonNode.class);
  }

  /** All that the topic has of the company. */
  private static TradeInEvents topic(String kafka) {
    TradeInEvents trade = new TradeInEvents();
    TopicPartition partition = new TopicPartition(Topics.EVENTS, Topics.partitionOf("northwind"));
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      Long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (end != null && consumer.position(partition) < end) {
        for (ConsumerRecord<String, byte[]> line : consumer.poll(SILENCE)) {
          if (line.key().equals("northwind")) {
            RecordedEvent event =
                CloudEvents.read(
                    name -> {
                      Header header = line.headers().lastHeader(name);
                      return header == null ? null : header.value();
                    },
                    line.value());
            trade.take(event.stream(), EventTypes.read(event));
          }
        }
      }
    }
    return trade;
  }
}
