package xalesin.query.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import xalesin.edge.Problem;
import xalesin.edge.ProblemException;
import xalesin.edge.Push;
import xalesin.edge.PushSocket;
import xalesin.edge.Query;
import xalesin.edge.TokenVerifier.VerifiedToken;
import xalesin.schemas.Json;

/**
 * A client on a WebSocket: what its messages ask for. Each is answered once, and the next is not
 * read before the answer has gone out. Messages come one after the other; all else at any time.
 */
final class LiveSocket implements PushSocket.Listener {
  /** As many as a page shows lists and figures, and more. */
  static final int MAX_SUBSCRIPTIONS = 50;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final long MAX_SEQUENCE = 999_999_999_999_999_999L;

  private final LiveHub hub;
  private final VerifiedToken token;
  private final Function<Query, Asked> questions;
  private volatile @Nullable Connection connection;

  /** What those who subscribe have, unless they say it themselves. For one message at a time. */
  private long resumeFrom = -1;

  LiveSocket(LiveHub hub, VerifiedToken token, Function<Query, Asked> questions) {
    this.hub = hub;
    this.token = token;
    this.questions = questions;
  }

  @Override
  public void opened(PushSocket socket) {
    Connection open = new Connection(hub, socket, Wire.SOCKET, token);
    connection = open;
    hub.opened(open);
  }

  @Override
  public void received(String text, Runnable next) {
    Connection open = connection;
    if (open == null) {
      return;
    }
    JsonNode message = parse(text);
    if (message.size() == 1 && message.path("subscribe").isObject()) {
      subscribe(open, message.path("subscribe"), next);
    } else if (message.size() == 1 && message.path("unsubscribe").isTextual()) {
      unsubscribe(open, message.path("unsubscribe").textValue(), next);
    } else if (message.size() == 1 && message.path("resume").isIntegralNumber()) {
      resumeFrom = sequence(message.path("resume").asText(), "resume");
      open.say(told("resuming", null, data().put("sequence", resumeFrom)), next);
    } else {
      throw Problem.badRequest(
              "a message is {\"subscribe\": {…}}, {\"unsubscribe\": \"…\"} or {\"resume\": …}")
          .exception();
    }
  }

  private static JsonNode parse(String text) {
    try {
      return Json.STRICT.readTree(text);
    } catch (JsonProcessingException e) {
      throw Problem.badRequest("a message is a JSON object").exception();
    }
  }

  private void subscribe(Connection open, JsonNode members, Runnable next) {
    Map<String, List<String>> parameters = parameters(members);
    String name = name(parameters.remove("as"));
    List<String> since = parameters.remove("since");
    long known = since == null ? resumeFrom : sequence(String.join(",", since), "since");
    try {
      if (open.subscription(name) != null) {
        throw Problem.badRequest("something is followed as " + name + " already").exception();
      }
      if (open.following() >= MAX_SUBSCRIPTIONS) {
        throw Problem.of(
                429,
                "too-many-subscriptions",
                "Too many subscriptions of one connection",
                "a connection follows %d questions at most".formatted(MAX_SUBSCRIPTIONS))
            .exception();
      }
      Topic topic =
          hub.register().follow(token.caller().tenant(), questions.apply(new Query(parameters)));
      Subscription subscription = new Subscription(open, name, topic, known);
      if (!open.add(subscription)) {
        hub.register().exit(token.caller().tenant(), topic);
        return;
      }
      open.say(told("subscribed", name, null), next);
      topic.join(subscription);
    } catch (ProblemException e) {
      open.say(told("problem", name, Json.MAPPER.valueToTree(e.problem())), next);
    }
  }

  private static void unsubscribe(Connection open, String name, Runnable next) {
    Subscription subscription = open.subscription(name);
    if (subscription == null) {
      throw Problem.badRequest("nothing is followed under the name to unsubscribe").exception();
    }
    open.remove(subscription);
    open.say(told("unsubscribed", name, null), next);
  }

  /** Members as the parameters of an address: one value, or several. */
  private static Map<String, List<String>> parameters(JsonNode members) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    members
        .properties()
        .forEach(
            member -> {
              List<String> values = new ArrayList<>();
              if (member.getValue().isArray()) {
                member.getValue().forEach(value -> values.add(text(member.getKey(), value)));
              } else {
                values.add(text(member.getKey(), member.getValue()));
              }
              parameters.put(member.getKey(), values);
            });
    return parameters;
  }

  private static String text(String name, JsonNode value) {
    if (value.isValueNode() && !value.isNull()) {
      return value.asText();
    }
    throw Problem.badRequest(name + " of subscribe takes a value or an array of values")
        .exception();
  }

  private static String name(@Nullable List<String> given) {
    if (given == null || given.size() != 1 || !NAME.matcher(given.getFirst()).matches()) {
      throw Problem.badRequest(
              "as of subscribe takes a name: 1 to 64 letters, digits, and any of . _ : -")
          .exception();
    }
    return given.getFirst();
  }

  private static long sequence(String text, String member) {
    try {
      long sequence = Long.parseLong(text);
      if (sequence >= 0 && sequence <= MAX_SEQUENCE) {
        return sequence;
      }
    } catch (NumberFormatException e) {
      // Answered below like a number out of range.
    }
    throw Problem.badRequest(member + " takes the sequence of a frame").exception();
  }

  private static ObjectNode data() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static Wire.Message told(String event, @Nullable String name, @Nullable JsonNode data) {
    ObjectNode message = data();
    if (name != null) {
      message.put("as", name);
    }
    message.put("event", event);
    if (data != null) {
      message.set("data", data);
    }
    return Wire.Message.of(Json.write(message));
  }

  @Override
  public void refused(Problem problem, Runnable next) {
    Connection open = connection;
    if (open != null) {
      open.say(told("problem", null, Json.MAPPER.valueToTree(problem)), next);
    }
  }

  @Override
  public void broken(Push.Ending why) {
    Connection open = connection;
    if (open != null) {
      open.end(why);
    }
  }

  @Override
  public void gone() {
    Connection open = connection;
    if (open != null) {
      open.abort();
    }
  }
}
