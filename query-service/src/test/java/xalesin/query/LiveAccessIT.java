package xalesin.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import xalesin.query.live.LiveConfig;
import xalesin.schemas.Json;

/** Who is let in, and who is not kept. */
@ExtendWith(TestNode.Started.class)
class LiveAccessIT {
  private static final Duration WITHIN = Duration.ofSeconds(90);
  private static final String ITEMS = "inventory-items";

  @Test
  void a_ticket_opens_one_connection_for_its_own_tenant() throws Exception {
    TestNode node = TestNode.shared();
    TenantStory story = TenantStory.of("live-ticket", node::send);
    UUID id = story.create("TICKET", "c");
    Reader reader = node.reader(story.tenant());
    reader.getAfter(story, "/api/" + ITEMS + "/" + id).expect(200);
    String ticket = ticket(node.door(), story.tenant());
    String path = "/api/live?views=" + ITEMS + "&ticket=" + ticket;
    try (LiveClient client = new LiveClient(node.door()::port, "", path).start()) {
      await().atMost(WITHIN).until(() -> client.rows(ITEMS).size() == 1);
      assertThat(client.rows(ITEMS).getFirst().path("id").asText()).isEqualTo(id.toString());
      client.cut();
      await().atMost(WITHIN).until(() -> client.answerHead().contains(" 401 "));
    }
  }

  static String ticket(TestNode.Door door, String tenant) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + "/api/live/tickets"))
            .header("Authorization", "Bearer " + door.token(tenant, "page", Duration.ofHours(1)))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(201);
      JsonNode sold = Json.MAPPER.readTree(answer.body());
      return sold.path("ticket").asText();
    }
  }

  @Test
  void a_client_that_takes_nothing_is_broken_off() {
    TestNode node = TestNode.shared();
    TenantStory story = TenantStory.of("live-stall", node::send);
    UUID id = story.create("STALLED", "c");
    LiveConfig hasty =
        LiveConfig.standard().withTimes(Duration.ofSeconds(15), Duration.ofMillis(500));
    try (TestNode.Door door = node.door(hasty)) {
      String token = door.token(story.tenant(), "listener", Duration.ofHours(1));
      String path = "/api/live?window=10&views=" + ITEMS;
      try (LiveClient client = new LiveClient(door::port, token, path).start()) {
        await().atMost(WITHIN).until(() -> client.rows(ITEMS).size() == 1);
        story.after(1).describe(id, "first", "");
        client.stopReading();
        String large = "x".repeat(60_000);
        await()
            .atMost(WITHIN)
            .pollInterval(Duration.ofMillis(20))
            .until(
                () -> {
                  story.after(1).describe(id, "more", large);
                  return door.registry().get("live.stalled").counter().count() > 0;
                });
        client.goOnReading();
        story.after(1).describe(id, "newest", "");
        JsonNode newest =
            node.reader(story.tenant()).getAfter(story, "/api/" + ITEMS + "/" + id).json();
        await().atMost(WITHIN).until(() -> client.rows(ITEMS).contains(newest));
        assertThat(client.connections()).isGreaterThan(1);
      }
    }
  }
}
