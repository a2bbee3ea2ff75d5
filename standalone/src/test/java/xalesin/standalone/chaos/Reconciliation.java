package xalesin.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import xalesin.schemas.Json;
import xalesin.standalone.verify.Verifier;

/** What must hold whenever no client waits for an answer. */
final class Reconciliation {
  /** What is missing is missing for good; a slow machine may take long to come to it. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final StockWorkload workload;
  private final Function<String, String> viewerTokens;

  Reconciliation(StockWorkload workload, Function<String, String> viewerTokens) {
    this.workload = workload;
    this.viewerTokens = viewerTokens;
  }

  /** Nothing acknowledged is missing, nothing is there twice, and table, topic and views agree. */
  void check(String jdbcUrl, String kafka, URI reads) throws Exception {
    Verifier.Report report = new Verifier(jdbcUrl, kafka, reads, viewerTokens, PATIENCE).verify();
    assertThat(report.differences().first()).isEmpty();
    assertThat(report.records()).isEqualTo(report.events());

    Map<UUID, Set<Long>> versions = new HashMap<>();
    for (StockWorkload.Acknowledged command : workload.acknowledged()) {
      boolean isNew =
          versions.computeIfAbsent(command.item(), _ -> new HashSet<>()).add(command.version());
      assertThat(isNew)
          .as("version %d of %s was answered once", command.version(), command.item())
          .isTrue();
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (StockWorkload.Item item : workload.items()) {
        JsonNode row = row(http, reads, item);
        long acknowledged = item.acknowledged().get();
        assertThat(row.path("onHand").asText()).isEqualTo(Long.toString(acknowledged));
        assertThat(row.path("version").asLong()).isEqualTo(acknowledged + 1);
        assertThat(versions.get(item.id())).hasSize((int) acknowledged + 1);
      }
    }
  }

  private JsonNode row(HttpClient http, URI reads, StockWorkload.Item item) throws Exception {
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(reads.resolve("/api/inventory-items/" + item.id()))
                .header("Authorization", "Bearer " + viewerTokens.apply(item.tenant()))
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    return Json.read(answer.body(), JsonNode.class);
  }
}
