package xalesin.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import xalesin.command.CommandNode.Answer;
import xalesin.command.CommandNode.Bodies;
import xalesin.command.CommandNode.User;
import xalesin.embedded.Database;
import xalesin.embedded.TestServers;

class HostileInputIT {
  private static final Database DATABASE = TestServers.freshDatabase("hostile_input");
  private static final Log LOG = new Log(DATABASE);
  private static final CommandNode NODE = new CommandNode(DATABASE);

  @AfterAll
  static void stop() {
    NODE.close();
  }

  @Test
  void content_that_cannot_be_is_refused_with_where_it_stands() {
    User ann = NODE.clerk("content");
    String id = ann.created("CHAI");
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("{\"quantity\":1,\"location\":\"A\",\"reason\":\"r\"}", "/quantity");
    wrong.put("{\"quantity\":\"1e9\",\"location\":\"A\",\"reason\":\"r\"}", "/quantity");
    wrong.put("{\"quantity\":\"-1\",\"location\":\"A\",\"reason\":\"r\"}", "/quantity");
    wrong.put("{\"quantity\":\"0\",\"location\":\"A\",\"reason\":\"r\"}", "/quantity");
    wrong.put("{\"quantity\":\"1000000000000\",\"location\":\"A\",\"reason\":\"r\"}", "/quantity");
    wrong.put("{\"quantity\":\"0.0000001\",\"location\":\"A\",\"reason\":\"r\"}", "/quantity");
    wrong.put("{\"quantity\":\"NaN\",\"location\":\"A\",\"reason\":\"r\"}", "/quantity");
    wrong.put("{\"quantity\":null,\"location\":\"A\",\"reason\":\"r\"}", "/quantity");
    wrong.put("{\"quantity\":[\"1\"],\"location\":\"A\",\"reason\":\"r\"}", "/quantity");
    wrong.put("{\"quantity\":\"1\",\"location\":7,\"reason\":\"r\"}", "/location");
    wrong.put("{\"quantity\":\"1\",\"location\":\"\",\"reason\":\"r\"}", "/location");
    wrong.put("{\"quantity\":\"1\",\"location\":\"A\\u0000\",\"reason\":\"r\"}", "/location");
    wrong.put("{\"quantity\":\"1\",\"location\":\"A\",\"reason\":\"\\u0000\"}", "/reason");
    wrong.put("{\"quantity\":\"1\",\"location\":\"A\",\"reason\":\"\\ud800\"}", "/reason");
    wrong.put("{\"quantity\":\"1\",\"location\":\"A\"}", "/reason");
    wrong.put(
        "{\"quantity\":\"1\",\"location\":\"" + "A".repeat(101) + "\",\"reason\":\"r\"}",
        "/location");
    wrong.put(
        "{\"quantity\":\"1\",\"location\":\"A\",\"reason\":\"r\",\"tenant\":\"other\"}", "/tenant");
    wrong.forEach(
        (body, pointer) -> {
          Answer answer = ann.item(id, "issue", body);
          assertThat(answer.status()).as(body).isEqualTo(422);
          assertThat(answer.body().path("errors").path(0).path("pointer").asText())
              .as(body)
              .isEqualTo(pointer);
        });
    assertThat(LOG.stream("content", id)).hasSize(1);
  }

  @Test
  void what_is_no_json_is_a_bad_request() {
    User ann = NODE.clerk("no-json");
    String id = ann.created("CHAI");
    for (String body :
        new String[] {
          "{", "x", Bodies.receive("1") + "{}", "{\"quantity\":\"1\",\"quantity\":\"2\"}", "\u0000"
        }) {
      assertThat(ann.item(id, "receive", body).status()).as(body).isEqualTo(400);
    }
    String deep = "{\"quantity\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}";
    assertThat(ann.item(id, "receive", deep).status())
        .as("refused before its depth is met")
        .isEqualTo(422);
    assertThat(ann.item(id, "receive", "[]").status()).isEqualTo(422);
    assertThat(ann.item(id, "receive", "null").status()).isEqualTo(422);
    assertThat(ann.item(id, "receive?limit=1", Bodies.receive("1")).status()).isEqualTo(400);
  }

  @Test
  void odd_but_honest_text_is_kept_as_it_is() {
    User ann = NODE.clerk("odd");
    String name = "Ch\\\"ai \\\\ {a,b} 'x' \uD83C\uDF75 \u00e9\u4e2d\u200f; drop table --";
    Answer created =
        ann.post(
            "/api/inventory-items",
            "{\"sku\":\"{NULL}\",\"name\":\"%s\",\"price\":{\"amount\":\"1\",\"currency\":\"EUR\"}}"
                .formatted(name));
    assertThat(created.status()).isEqualTo(201);
    Log.Row row = LOG.stream("odd", created.body().path("id").asText()).getFirst();
    assertThat(row.event().toString())
        .contains("Ch\"ai \\ {a,b} 'x' \uD83C\uDF75 \u00e9\u4e2d\u200f; drop table --")
        .contains("{NULL}");
  }

  @Test
  void the_greatest_quantities_end_in_a_refusal_and_not_in_an_error() {
    User ann = NODE.clerk("greatest");
    String id = ann.created("CHAI");
    assertThat(ann.item(id, "receive", Bodies.receive("999999999999.999999")).status())
        .isEqualTo(200);
    assertThat(ann.item(id, "receive", Bodies.receive("0.000001")).problem())
        .isEqualTo("/problems/quantity-out-of-range");
  }
}
