package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.edge.TestDoor.get;
import static xalesin.edge.TestDoor.post;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpDoorTest {
  private TestDoor door;

  record Pair(String left, int right) {}

  @BeforeAll
  void open() {
    door =
        new TestDoor(
            List.of(
                get(
                    "/api/constant",
                    Role.VIEWER,
                    x -> x.json(200, "{\"ok\":true}".getBytes(StandardCharsets.UTF_8))),
                get(
                    "/api/things/{id}",
                    Role.VIEWER,
                    x -> x.json(200, Map.of("id", x.uuid("id").toString()))),
                post("/api/pairs", Role.CLERK, x -> x.json(201, x.body(Pair.class)))));
  }

  @AfterAll
  void shut() {
    door.close();
  }

  @Test
  void an_authenticated_get_is_answered_with_the_standard_headers() throws Exception {
    HttpResponse<String> answer = door.get("/api/constant");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"ok\":true}");
    assertThat(answer.headers().map().keySet())
        .containsExactlyInAnyOrder(
            "cache-control",
            "content-length",
            "content-type",
            "date",
            "x-content-type-options",
            "x-correlation-id");
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(answer.headers().firstValue("cache-control")).contains("private, no-cache");
  }

  @Test
  void a_body_becomes_a_record_and_a_record_becomes_the_answer() throws Exception {
    HttpResponse<String> answer = door.postJson("/api/pairs", "{\"left\":\"a\",\"right\":2}");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("{\"left\":\"a\",\"right\":2}");
  }
}
