package xalesin.standalone;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xalesin.command.CommandConfig;
import xalesin.command.CommandService;
import xalesin.command.store.StoreConfig;
import xalesin.edge.HttpDoor;
import xalesin.edge.HttpDoorConfig;
import xalesin.edge.LocalKeys;
import xalesin.edge.Role;
import xalesin.embedded.DataFolder;
import xalesin.embedded.Database;
import xalesin.embedded.EmbeddedKafka;
import xalesin.embedded.EmbeddedPostgres;
import xalesin.embedded.KafkaOptions;
import xalesin.embedded.PostgresOptions;
import xalesin.projection.ProjectionConfig;
import xalesin.schemas.Json;
import xalesin.schemas.Money;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.StreamName;
import xalesin.schemas.inventory.InventoryItemEvent.PriceChanged;

/** What the first reads after a start show, without a consistency token. */
class RestartIT {
  private static final List<String> TENANTS = List.of("left", "right");
  private static final String ITEMS = "/api/inventory-items";

  /** Commands of each tenant that nobody has published when everything starts again. */
  private static final int UNPUBLISHED = 1_000;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path data;

  @Test
  void all_that_was_acknowledged_is_served_and_a_rebuild_applies_what_was_parked()
      throws Exception {
    UUID item = UUID.randomUUID();
    Map<String, Long> taken = new HashMap<>();
    try (Stack stack = start(StackOptions.in(data));
        Http http = new Http(stack.installation().http())) {
      for (String tenant : TENANTS) {
        String token = token(stack.keys(), tenant);
        take(http, token, create(item, "FIRST"));
        await().atMost(PATIENCE).until(() -> http.get(token, ITEMS + "/" + item).status() == 200);
        taken.put(tenant, sequence(http.get(token, ITEMS)));
      }
    }
    takeWithoutPublishing();
    try (Stack stack = start(StackOptions.in(data));
        Http http = new Http(stack.installation().http())) {
      for (String tenant : TENANTS) {
        Http.Answer first = http.get(token(stack.keys(), tenant), ITEMS + "?limit=1");
        long before = requireNonNull(taken.get(tenant));
        assertThat(sequence(first)).isEqualTo(before + UNPUBLISHED);
        assertThat(first.header("age-ms")).isEmpty();
        assertThat(price(stack, http, tenant, item)).isEqualTo("1");
      }
    }
    park(item);
    try (Stack stack = start(StackOptions.in(data).withRebuiltViews());
        Http http = new Http(stack.installation().http())) {
      assertThat(price(stack, http, "left", item)).isEqualTo("2");
      assertThat(price(stack, http, "right", item)).isEqualTo("1");
    }
    try (Stream<Path> folders = Files.list(data.resolve("views"))) {
      assertThat(folders.filter(Files::isDirectory)).as("the former views are gone").hasSize(1);
    }
  }

  private static Stack start(StackOptions options) throws Exception {
    return Stack.start(options, new CountDownLatch(1));
  }

  private static String token(LocalKeys keys, String tenant) {
    return keys.sign(tenant, "ann", List.of(Role.ADMIN), Duration.ofMinutes(30));
  }

  private static long sequence(Http.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return Long.parseLong(answer.header("view-sequence"));
  }

  private static String price(Stack stack, Http http, String tenant, UUID item) throws Exception {
    Http.Answer row = http.get(token(stack.keys(), tenant), ITEMS + "/" + item);
    assertThat(row.status()).as(row.body()).isEqualTo(200);
    return row.json().path("price").path("amount").asText();
  }

  private static String create(UUID id, String sku) {
    return """
        {"command":"inventory-items.create","id":"%s","data":{"sku":"%s","name":"Tea","price":{"amount":"1","currency":"EUR"}}}
        """
        .formatted(id, sku);
  }

  private static void take(Http http, String token, String lines) throws Exception {
    Http.Answer answer = http.send(token, "POST", "/api/commands", lines);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).doesNotContain("\"problem\"");
  }

  /** The command service alone takes commands. */
  private void takeWithoutPublishing() throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    LocalKeys keys = LocalKeys.open(data);
    try (DataFolder folder = DataFolder.open(data);
        EmbeddedPostgres postgres =
            EmbeddedPostgres.start(PostgresOptions.in(folder.resolve("postgres")))) {
      Database login = postgres.login("xalesin_command", "xalesin_app", false);
      StoreConfig store =
          StoreConfig.of(login.jdbcUrl(), login.user(), login.password())
              .withOwner(postgres.user(), postgres.password());
      try (CommandService commands = CommandService.start(CommandConfig.of(store), registry);
          HttpDoor door =
              HttpDoor.start(HttpDoorConfig.of(0), commands.routes(), keys.verifier(), registry);
          Http http = new Http("http://127.0.0.1:" + door.port())) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < UNPUBLISHED; i++) {
          lines.append(create(UUID.randomUUID(), "TEA-" + i));
        }
        for (String tenant : TENANTS) {
          take(http, token(keys, tenant), lines.toString());
        }
      }
    }
  }

  private void park(UUID item) throws Exception {
    PriceChanged changed = new PriceChanged(Money.of("2", "EUR"), Money.of("1", "EUR"));
    RecordedEvent event =
        new RecordedEvent(
            UUID.randomUUID(),
            "left",
            new StreamName(StreamName.INVENTORY_ITEMS, item).toString(),
            2,
            "InventoryItemPriceChanged",
            1,
            Instant.now().truncatedTo(ChronoUnit.MICROS),
            "ann",
            "repricing",
            null,
            null,
            null,
            Json.write(changed));
    try (DataFolder folder = DataFolder.open(data);
        EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(folder.resolve("kafka")))) {
      BrokenProgram.meets(
          event, ProjectionConfig.of(kafka.bootstrapServers(), folder.resolve("views")));
    }
  }
}
