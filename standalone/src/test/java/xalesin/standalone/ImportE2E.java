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
import java.nio.charset.StandardCharsets;
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
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xalesin.edge.Role;
import xalesin.schemas.Json;
import xalesin.schemas.Topics;
import xalesin.schemas.inventory.InventoryItemRow;
import xalesin.standalone.demo.DemoData;
import xalesin.standalone.demo.DemoTenant;
import xalesin.standalone.imports.NorthwindFolder;

/** {@code ./xalesin import} and the demo company, through everything to the views and the topic. */
class ImportE2E {
  private static final Path REAL_NORTHWIND = Path.of("../../shared/data/northwind");
  private static final Duration VISIBLE = Duration.ofSeconds(60);
  private static final Duration SILENCE = Duration.ofMillis(200);

  @TempDir private Path folder;

  /** What the views and the topic must both come to. */
  private record Figures(int items, BigDecimal onHand, int inactive) {}

  @Test
  void what_is_imported_is_in_the_views_and_in_the_topic_once() throws Exception {
    Path data = folder.resolve("data");
    try (Stack stack = Stack.start(StackOptions.in(data), new CountDownLatch(1));
        HttpClient http = HttpClient.newHttpClient()) {
      Path input = NorthwindFolder.create(folder.resolve("northwind"));
      Figures expected =
          new Figures(NorthwindFolder.PRODUCTS, BigDecimal.ZERO, 9);
      if (Files.isDirectory(REAL_NORTHWIND)) {
        for (String file : List.of("products.csv", "categories.csv")) {
          Files.write(input.resolve(file), Files.readAllBytes(REAL_NORTHWIND.resolve(file)));
        }
        expected = new Figures(77, BigDecimal.valueOf(3_119), 10);
      }
      awaitSame(expected, importTwice(stack, http, data, input));
      assertThat(topic(stack.installation().kafka())).isEqualTo(expected);

      loadTheDemoCompanyTwice(stack, http, data);
      assertThat(Main.run("verify", "--data", data.toString())).isZero();
    }
  }

  private interface Reader {
    Figures read() throws IOException, InterruptedException;
  }

  private static void awaitSame(Figures expected, Reader reader) {
    Awaitility.await()
        .atMost(VISIBLE)
        .untilAsserted(() -> assertThat(reader.read()).isEqualTo(expected));
  }

  private Reader importTwice(Stack stack, HttpClient http, Path data, Path input) {
    for (int run = 0; run < 2; run++) {
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
    String token = stack.keys().sign("northwind", "viewer", List.of(Role.VIEWER), VISIBLE);
    return () -> views(http, stack, token);
  }

  private static void loadTheDemoCompanyTwice(Stack stack, HttpClient http, Path data)
      throws Exception {
    URI address = URI.create(stack.installation().http());
    String token = stack.keys().sign("demo", "admin", List.of(Role.ADMIN), VISIBLE.multipliedBy(5));
    DemoTenant.load(data, address, token, System.err::println);
    DemoData.Loaded again = DemoData.load(address, token, DemoData.SEED, System.err::println);
    assertThat(again.alreadyThere()).isEqualTo(again.commands());
    Awaitility.await()
        .atMost(VISIBLE)
        .untilAsserted(
            () -> assertThat(page(http, stack, token).path("total").asInt()).isEqualTo(500));
  }

  private static Figures views(HttpClient http, Stack stack, String token)
      throws IOException, InterruptedException {
    int items = 0;
    int inactive = 0;
    BigDecimal onHand = BigDecimal.ZERO;
    for (JsonNode row : page(http, stack, token).path("items")) {
      items++;
      onHand = onHand.add(new BigDecimal(row.path("onHand").asText()));
      inactive += row.path("status").asText().equals(InventoryItemRow.INACTIVE) ? 1 : 0;
    }
    return new Figures(items, onHand, inactive);
  }

  private static JsonNode page(HttpClient http, Stack stack, String token)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(stack.installation().http() + "/api/inventory-items?limit=500"))
                .header("Authorization", "Bearer " + token)
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    return Json.read(answer.body(), JsonNode.class);
  }

  /** As an analyst would sum it up. */
  private static Figures topic(String kafka) throws IOException {
    int items = 0;
    int inactive = 0;
    BigDecimal onHand = BigDecimal.ZERO;
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
        for (ConsumerRecord<String, byte[]> event : consumer.poll(SILENCE)) {
          if (event.key().equals("northwind")) {
            String type =
                new String(event.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
            switch (type) {
              case "InventoryItemCreated" -> items++;
              case "InventoryItemDeactivated" -> inactive++;
              case "StockReceived" ->
                  onHand =
                      onHand.add(
                          new BigDecimal(
                              Json.MAPPER.readTree(event.value()).path("quantity").asText()));
              default -> throw new AssertionError("not to be in the topic: " + type);
            }
          }
        }
      }
    }
    return new Figures(items, onHand, inactive);
  }
}
