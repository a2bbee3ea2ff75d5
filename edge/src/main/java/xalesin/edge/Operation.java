package xalesin.edge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a route does, in the words of the OpenAPI document. What the door itself does with every
 * request (token, role, limits, trace) is added there. Immutable: each method answers a new one.
 *
 * @param id stable and unique: programs are generated with it
 * @param tag the resource
 * @param parameters of its own
 * @param body null when it takes none
 * @param answers those that are no problems
 * @param problems the last part of their types, by status
 */
public record Operation(
    String id,
    String tag,
    String summary,
    String description,
    List<Parameter> parameters,
    @Nullable Body body,
    List<Answer> answers,
    Map<Integer, SortedSet<String>> problems) {

  /**
   * A body, sent or answered.
   *
   * @param shape null for what is not JSON; of one line where lines are sent
   * @param example null when none is given; its text where lines are sent
   */
  public record Body(
      String mediaType, boolean required, @Nullable Shape shape, @Nullable JsonNode example) {
    /** One JSON value a line. */
    public static final String LINES = "application/x-ndjson";

    public static Body json(Shape shape, @Nullable JsonNode example) {
      return new Body("application/json", true, shape, example);
    }

    /** A body that may be left out when all its fields are. */
    public Body optional() {
      return new Body(mediaType, false, shape, example);
    }
  }

  /**
   * @param headers names, each known to {@link ApiHeaders}
   */
  public record Answer(int status, String description, @Nullable Body body, List<String> headers) {
    public Answer {
      headers = List.copyOf(headers);
    }
  }

  public Operation {
    parameters = List.copyOf(parameters);
    answers = List.copyOf(answers);
    TreeMap<Integer, SortedSet<String>> copy = new TreeMap<>();
    problems.forEach((status, types) -> copy.put(status, new TreeSet<>(types)));
    problems = copy;
  }

  public static Operation of(String id, String tag, String summary) {
    return new Operation(id, tag, summary, "", List.of(), null, List.of(), Map.of());
  }

  public Operation saying(String words) {
    return new Operation(id, tag, summary, words, parameters, body, answers, problems);
  }

  public Operation takes(Parameter... more) {
    return takes(List.of(more));
  }

  public Operation takes(Collection<Parameter> more) {
    List<Parameter> all = new ArrayList<>(parameters);
    all.addAll(more);
    return new Operation(id, tag, summary, description, all, body, answers, problems);
  }

  public Operation takes(Body sent) {
    return new Operation(id, tag, summary, description, parameters, sent, answers, problems);
  }

  public Operation answers(
      int status, String words, @Nullable Body answered, List<String> headers) {
    List<Answer> all = new ArrayList<>(answers);
    all.add(new Answer(status, words, answered, headers));
    return new Operation(id, tag, summary, description, parameters, body, all, problems);
  }

  public Operation refuses(int status, String... types) {
    return refuses(status, List.of(types));
  }

  public Operation refuses(int status, Collection<String> types) {
    Map<Integer, SortedSet<String>> all = new TreeMap<>(problems);
    SortedSet<String> sum = new TreeSet<>(all.getOrDefault(status, new TreeSet<>()));
    sum.addAll(types);
    all.put(status, sum);
    return new Operation(id, tag, summary, description, parameters, body, answers, all);
  }
}
