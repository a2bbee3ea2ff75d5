package xalesin.standalone.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import xalesin.command.CommandNode.Answer;
import xalesin.schemas.Json;

/**
 * What came back for good.
 *
 * @param results of each command; of a refused request its problem alone
 */
record Answered(Request request, int status, List<JsonNode> results) {
  private static final List<String> OF_A_PROBLEM = List.of("type", "status", "detail");

  /** Of what may differ from one answer to the next, such as a trace id, nothing is kept. */
  static Answered read(Request request, Answer answer) {
    List<JsonNode> results = new ArrayList<>();
    int status = answer.status();
    for (String line : answer.response().body().lines().toList()) {
      ObjectNode result = Json.read(line.getBytes(UTF_8), ObjectNode.class);
      status = Math.max(status, result.path("status").asInt());
      result.remove("replayed");
      if (result.has("type")) {
        result.retain(OF_A_PROBLEM);
      } else if (result.path("problem") instanceof ObjectNode problem) {
        problem.retain(OF_A_PROBLEM);
      }
      results.add(result);
    }
    return new Answered(request, status, List.copyOf(results));
  }

  boolean isDone() {
    return status < 300;
  }

  /** Whether it is to be asked again. */
  boolean isNotNow() {
    return status == 503;
  }

  /** What happened, as the answer says. */
  List<String> events() {
    List<String> events = new ArrayList<>();
    for (JsonNode result : results) {
      result.path("events").forEach(event -> events.add(event.asText()));
    }
    return events;
  }

  /** The rule that it broke, or another problem. */
  String problem() {
    JsonNode result = results.getLast();
    return result.path("problem").path("type").asText(result.path("type").asText());
  }
}
