package xalesin.standalone;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import xalesin.edge.Role;
import xalesin.schemas.Examples;
import xalesin.standalone.ApiClient.Request;
import xalesin.standalone.ApiDocument.Operation;

/** Bodies that are meant to hurt, for every command: each is refused as the document says. */
@ExtendWith(ApiStack.Started.class)
class HostileJsonIT {
  private static final Charset UTF_32BE = Charset.forName("UTF-32BE");

  /** In place of a field's value. */
  private static final Map<String, String> VALUES = new LinkedHashMap<>();

  static {
    VALUES.put("a huge number", "1e999999");
    VALUES.put("a tiny number", "1e-999999");
    VALUES.put("a huge negative number", "-1e2147483647");
    VALUES.put("a number of many digits", "9".repeat(100_000));
    VALUES.put("a number of many places", "0." + "9".repeat(100_000));
    VALUES.put("no number", "NaN");
    VALUES.put("infinity", "-Infinity");
    VALUES.put("an octal number", "0777");
    VALUES.put("a long text", '"' + "x".repeat(150_000) + '"');
    VALUES.put("a longer text", '"' + "x".repeat(300_000) + '"');
    VALUES.put("a text of NUL", "\"\\u0000\"");
    VALUES.put("half a character", "\"\\ud800\"");
    VALUES.put("halves in the wrong order", "\"\\udc00\\ud800\"");
    VALUES.put("deep arrays", "[".repeat(100_000) + "]".repeat(100_000));
    VALUES.put("deep objects", "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000));
    VALUES.put("a long list", "[" + "1,".repeat(200_000) + "1]");
    VALUES.put("a wide object", wide());
    VALUES.put("another type", "{\"$ref\":\"#\",\"@class\":\"java.lang.Runtime\"}");
  }

  private static String wide() {
    StringBuilder wide = new StringBuilder("{\"a\":1");
    for (int i = 0; i < 40_000; i++) {
      wide.append(",\"a").append(i).append("\":1");
    }
    return wide.append('}').toString();
  }

  private final ApiStack stack = ApiStack.shared();

  /** Whole bodies, made from a good one. */
  private static Map<String, byte[]> bodies(String good) {
    Map<String, byte[]> bodies = new LinkedHashMap<>();
    bodies.put("cut off", good.substring(0, good.length() - 1).getBytes(UTF_8));
    bodies.put("twice", (good + good).getBytes(UTF_8));
    bodies.put("with a comment", ("/* */" + good).getBytes(UTF_8));
    bodies.put("in UTF-16", good.getBytes(UTF_16BE));
    bodies.put("in UTF-16, little end first", good.getBytes(UTF_16LE));
    bodies.put("in UTF-16 with a mark", ("\uFEFF" + good).getBytes(UTF_16BE));
    bodies.put("in UTF-32", good.getBytes(UTF_32BE));
    bodies.put("NUL", new byte[] {0});
    bodies.put("NULs behind it", (good + "\0\0\0\0").getBytes(UTF_8));
    bodies.put("a list of it", ("[" + good + "]").getBytes(UTF_8));
    bodies.put("no object", "7".getBytes(UTF_8));
    bodies.put("null", "null".getBytes(UTF_8));
    bodies.put("a form", "a=1&b=2".getBytes(UTF_8));
    bodies.put("packed", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0});
    bodies.put("two marks", ("\uFEFF\uFEFF" + good).getBytes(UTF_8));
    for (String bytes :
        List.of("\u00c3(", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00ff\u00fe", "\u00f8")) {
      bodies.put(
          "a name that is not UTF-8: " + (int) bytes.charAt(0),
          ("{\"" + bytes + "\":1}").getBytes(ISO_8859_1));
    }
    bodies.put("a key twice", "{\"unheard\":1,\"unheard\":2}".getBytes(UTF_8));
    bodies.put("a long key", ("{\"" + "k".repeat(100_000) + "\":1}").getBytes(UTF_8));
    bodies.put("a key of a prototype", "{\"__proto__\":{\"admin\":true}}".getBytes(UTF_8));
    bodies.put("too large", ("{\"a\":\"" + "x".repeat(1 << 20) + "\"}").getBytes(UTF_8));
    VALUES.forEach(
        (what, value) -> bodies.put(what, ("{\"unheard\":" + value + "}").getBytes(UTF_8)));
    return bodies;
  }

  private List<Operation> commands() {
    return stack.commands().stream()
        .filter(operation -> !operation.id().equals("commands.send"))
        .toList();
  }

  private void refused(Operation operation, Request request, String what) {
    HttpResponse<String> answer = stack.client().send(operation, request);
    assertThat(answer.statusCode())
        .as(operation.id() + ": " + what + ": " + answer.body())
        .isIn(400, 413, 422);
    assertThat(answer.body()).doesNotContain("com.fasterxml", "java.", "xalesin.");
  }

  @Test
  void a_hostile_body_is_refused_by_every_command() {
    for (Operation operation : commands()) {
      Request good = stack.example(operation, stack.path(operation), Role.ADMIN);
      bodies(Examples.of(operation.id()).data().toString())
          .forEach((what, body) -> refused(operation, good.with(body), what));
    }
  }

  @Test
  void a_hostile_value_is_refused_in_every_field_of_every_command() {
    for (Operation operation : commands()) {
      Request good = stack.example(operation, stack.path(operation), Role.ADMIN);
      for (String field : fields(operation)) {
        VALUES.forEach(
            (what, value) ->
                refused(
                    operation,
                    good.with("{\"%s\":%s}".formatted(field, value)),
                    what + " as " + field));
      }
    }
  }

  private List<String> fields(Operation operation) {
    List<String> fields = new ArrayList<>();
    JsonNode schema =
        stack
            .document()
            .followed(operation.json().at("/requestBody/content/application~1json/schema"));
    schema.path("properties").fieldNames().forEachRemaining(fields::add);
    return fields;
  }

  @Test
  void a_hostile_line_is_refused_and_the_next_one_is_read() {
    Operation operation = stack.document().operation("commands.send");
    Request request =
        Request.of(operation.path(), stack.token(Role.ADMIN)).as("application/x-ndjson");
    for (Map.Entry<String, String> value : VALUES.entrySet()) {
      for (String command : List.of("tenant-settings.change", "inventory-items.create")) {
        String field = command.startsWith("tenant") ? "fiscalYearStart" : "sku";
        String line =
            "{\"command\":\"%s\",\"data\":{\"%s\":%s}}\n"
                .formatted(command, field, value.getValue());
        HttpResponse<String> answer =
            stack.client().send(operation, request.with(line + "{\"command\":\"unheard\"}\n"));
        assertThat(answer.statusCode()).as(value.getKey()).isEqualTo(200);
        assertThat(answer.body().lines())
            .as(value.getKey())
            .hasSize(2)
            .allMatch(result -> result.matches("\\{\"line\":[12],\"status\":4(00|22),.*"));
      }
    }
  }

  @Test
  void a_mark_of_the_byte_order_before_a_body_in_utf_8_is_passed_over() {
    Operation operation = stack.document().operation("inventory-items.activate");
    Request good = stack.example(operation, stack.path(operation), Role.ADMIN);
    HttpResponse<String> answer = stack.client().send(operation, good.with("\uFEFF{}"));
    assertThat(answer.statusCode()).isEqualTo(200);
  }
}
