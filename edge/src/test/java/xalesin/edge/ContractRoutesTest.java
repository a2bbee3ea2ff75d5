package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.edge.TestDoor.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xalesin.schemas.CommandTypes;
import xalesin.schemas.EventTypes;
import xalesin.schemas.Json;
import xalesin.schemas.RowTypes;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractRoutesTest {
  private TestDoor door;

  @BeforeAll
  void open() {
    Route things =
        TestDoor.get("/api/things", Role.VIEWER, x -> x.json(200, List.of()))
            .described(Operation.of("things.list", "things", "All things"));
    door = new TestDoor(ContractRoutes.around(List.of(things)));
  }

  @AfterAll
  void shut() {
    door.close();
  }

  @Test
  void every_schema_is_served_at_its_own_id_without_a_token() throws Exception {
    List<String> paths = new ArrayList<>();
    for (EventTypes.Type type : EventTypes.all()) {
      for (int version = 1; version <= type.schemaVersion(); version++) {
        paths.add("/schemas/events/" + type.name() + "/" + version);
      }
    }
    CommandTypes.all().forEach(type -> paths.add("/schemas/commands/" + type.name() + "/1"));
    RowTypes.all()
        .forEach(row -> paths.add("/schemas/rows/" + row.name() + "/" + row.schemaVersion()));
    assertThat(paths).hasSizeGreaterThan(80);
    for (String path : paths) {
      HttpResponse<String> answer = door.send(door.request(path).GET());
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.headers().firstValue("content-type").orElseThrow())
          .startsWith("application/schema+json");
      JsonNode schema = Json.STRICT.readTree(answer.body());
      assertThat(schema.path("$id").asText()).isEqualTo(path);
    }
  }

  @Test
  void the_topics_are_described_without_a_token_and_lead_to_the_schemas() throws Exception {
    HttpResponse<String> answer = door.send(door.request("/asyncapi.json").GET());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    JsonNode document = Json.STRICT.readTree(answer.body());
    assertThat(document.path("asyncapi").asText()).isEqualTo("3.0.0");
    for (String reference : document.findValuesAsText("$ref")) {
      if (!reference.startsWith("#")) {
        assertThat(door.send(door.request(reference).HEAD()).statusCode())
            .as(reference)
            .isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/asyncapi.json", "/schemas/events/StockReceived/2"})
  void it_can_be_kept_and_asked_for_again(String path) throws Exception {
    HttpResponse<String> first = door.send(door.request(path).GET());
    assertThat(first.headers().firstValue("cache-control")).contains("public, max-age=3600");
    String tag = first.headers().firstValue("etag").orElseThrow();
    HttpResponse<String> again = door.send(door.request(path).header("If-None-Match", tag).GET());
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().firstValue("etag")).contains(tag);
    HttpResponse<String> other =
        door.send(door.request(path).header("If-None-Match", "\"other\"").GET());
    assertThat(other.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/schemas/events/StockReceived/3",
        "/schemas/events/StockReceived/0",
        "/schemas/events/StockReceived/01",
        "/schemas/events/StockReceived/-1",
        "/schemas/events/StockReceived/99999999999",
        "/schemas/events/StockVanished/1",
        "/schemas/event/StockReceived/1",
        "/schemas/EVENTS/StockReceived/1",
        "/schemas/rows/StockReceived/1",
        "/schemas/events/a%20b/1",
        "/schemas/events/x..y/1",
        "/schemas/events/StockReceived/1.json"
      })
  void what_is_not_published_is_not_found(String path) throws Exception {
    problem(door.send(door.request(path).GET()), 404, "not-found");
  }

  @Test
  void a_token_that_is_no_good_does_no_harm_here_and_is_needed_elsewhere() throws Exception {
    assertThat(
            door.send(door.request("/asyncapi.json").header("Authorization", "Bearer x").GET())
                .statusCode())
        .isEqualTo(200);
    problem(door.send(door.request("/api/things").GET()), 401, "unauthenticated");
  }

  @Test
  void it_is_only_read_and_takes_no_parameters() throws Exception {
    problem(door.send(door.request("/asyncapi.json").DELETE()), 405, "method-not-allowed");
    problem(door.send(door.request("/asyncapi.json?x=1").GET()), 400, "unknown-parameter");
  }
}
