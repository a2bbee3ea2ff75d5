package xalesin.command.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Refusal;
import xalesin.command.handling.Outcome;
import xalesin.command.store.StoredAnswer;
import xalesin.edge.Problem;
import xalesin.schemas.ConsistencyToken;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.EventTypes;
import xalesin.schemas.Json;

/**
 * Tells outcomes as the contract has them: status, JSON, headers. Pure: the same outcome gives the
 * same answer, so that a first answer can be kept.
 */
final class Answers {
  static final String ETAG = "ETag";
  static final String LOCATION = "Location";
  static final String TOKEN = "Consistency-Token";

  private static final int CREATED = 201;
  private static final int OK = 200;
  private static final int STALE = 412;

  private Answers() {}

  /**
   * The answer to one command.
   *
   * @param creation whether it is to begin the stream
   * @param path the request's
   */
  static StoredAnswer of(Outcome outcome, boolean creation, boolean dryRun, String path) {
    return switch (outcome) {
      case Outcome.Done(var results) when dryRun -> dryRun(results.getFirst());
      case Outcome.Done(var results) -> done(results.getFirst(), creation);
      case Outcome.Refused(_, var target, var refusal) -> refused(refusal, target.id(), path, null);
      case Outcome.Moved(_, _, long actual) -> moved(actual, path, null);
    };
  }

  private static StoredAnswer done(Outcome.Result result, boolean creation) {
    boolean created = creation && !result.events().isEmpty();
    StringBuilder json = new StringBuilder(120);
    json.append("{\"id\":\"").append(result.target().id());
    json.append("\",\"version\":").append(result.version()).append(",\"events\":[");
    for (int i = 0; i < result.events().size(); i++) {
      json.append(i == 0 ? "\"" : ",\"");
      json.append(EventTypes.of(result.events().get(i)).name()).append('"');
    }
    json.append("]}");
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(ETAG, etag(result.version()));
    headers.put(TOKEN, new ConsistencyToken(result.last(), result.lastVersion()).encode());
    if (created) {
      headers.put(LOCATION, "/api/" + result.target());
    }
    return new StoredAnswer(created ? CREATED : OK, json.toString(), headers);
  }

  /** Nothing has happened, so there is no version to wait for. */
  private static StoredAnswer dryRun(Outcome.Result result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", result.target().id());
    json.put("version", result.version());
    json.put("dryRun", true);
    json.put("events", result.events().stream().map(Answers::event).toList());
    return new StoredAnswer(OK, json(json), Map.of());
  }

  private static Map<String, Object> event(DomainEvent event) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", EventTypes.of(event).name());
    json.put("data", event);
    return json;
  }

  /**
   * @param line of the command that was refused, from 1, where several came together
   */
  private static StoredAnswer refused(
      Refusal refusal, UUID id, String path, @Nullable Integer line) {
    int status = Rules.status(refusal.rule());
    Map<String, Object> problem =
        problem(refusal.rule(), Rules.title(refusal.rule()), status, refusal.detail(), path);
    problem.put("id", id);
    problem.putAll(refusal.members());
    if (line != null) {
      problem.put("line", line);
    }
    return new StoredAnswer(status, json(problem), Map.of());
  }

  private static StoredAnswer moved(long actual, String path, @Nullable Integer line) {
    Map<String, Object> problem =
        problem(
            "stale-version",
            "The version has moved on",
            STALE,
            "The version is now %d.".formatted(actual),
            path);
    problem.put("version", actual);
    if (line != null) {
      problem.put("line", line);
    }
    return new StoredAnswer(STALE, json(problem), Map.of(ETAG, etag(actual)));
  }

  static boolean isProblem(StoredAnswer answer) {
    return answer.status() >= 400;
  }

  private static Map<String, Object> problem(
      String slug, String title, int status, String detail, String path) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", Problem.TYPES + slug);
    problem.put("title", title);
    problem.put("status", status);
    problem.put("detail", detail);
    problem.put("instance", path);
    return problem;
  }

  /** The answers to commands that happened together, as one JSON array of result lines. */
  static StoredAnswer together(Outcome outcome, List<Boolean> creations, String path) {
    return switch (outcome) {
      case Outcome.Done(var results) -> {
        StringBuilder json = new StringBuilder("[");
        for (int i = 0; i < results.size(); i++) {
          json.append(i == 0 ? "" : ",");
          json.append(line(i + 1, done(results.get(i), creations.get(i)), false));
        }
        yield new StoredAnswer(OK, json.append(']').toString(), Map.of());
      }
      case Outcome.Refused(int step, var target, var refusal) ->
          refused(refusal, target.id(), path, step + 1);
      case Outcome.Moved(int step, _, long actual) -> moved(actual, path, step + 1);
    };
  }

  /** One result line: the answer's members, or the problem, with the line's number and status. */
  static String line(int number, StoredAnswer answer, boolean replayed) {
    StringBuilder json = new StringBuilder(answer.body().length() + 120);
    json.append("{\"line\":").append(number).append(",\"status\":").append(answer.status());
    if (replayed) {
      json.append(",\"replayed\":true");
    }
    String token = answer.headers().get(TOKEN);
    if (token != null) {
      json.append(",\"consistencyToken\":\"").append(token).append('"');
    }
    if (isProblem(answer)) {
      json.append(",\"problem\":").append(answer.body()).append('}');
    } else {
      json.append(',').append(answer.body(), 1, answer.body().length());
    }
    return json.toString();
  }

  private static String etag(long version) {
    return "\"" + version + "\"";
  }

  static String json(Object value) {
    try {
      return Json.MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
    }
  }
}
