package xalesin.command.http;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import xalesin.edge.ApiHeaders;
import xalesin.edge.Operation;
import xalesin.edge.Operation.Body;
import xalesin.edge.Parameter;
import xalesin.edge.Shape;
import xalesin.schemas.CommandTypes;
import xalesin.schemas.Creation;
import xalesin.schemas.EventTypes;
import xalesin.schemas.Examples;

/** What the routes of commands do, for the OpenAPI document. Pure. */
final class CommandOperations {
  private static final int REFUSED = 409;
  private static final int NOT_FOUND = 404;
  private static final String KEY = "^[ -~]{1,255}$";
  private static final int EXAMPLE_LINES = 3;

  private static final Parameter IDEMPOTENCY_KEY =
      Parameter.header(
          "Idempotency-Key",
          "The same key with the same request gets the first answer; with another one 422.",
          Shape.matching(KEY));

  private static final Parameter IF_MATCH =
      Parameter.header(
          "If-Match",
          "The version that the command is meant for, or *; 412 when it is another.",
          Shape.matching("^(\"[1-9][0-9]{0,17}\"|\\*)$"));

  private static final Parameter DRY_RUN =
      Parameter.query(
          "dryRun", "Decide and answer the events, without anything happening.", Shape.flag());

  private CommandOperations() {}

  static Operation of(CommandTypes.Type type, String path) {
    CommandDocs docs = CommandDocs.of(type.name());
    Examples.Example example = Examples.of(type.name());
    boolean creation = Creation.class.isAssignableFrom(type.recordClass());
    Shape data = Shape.command(type.name());
    Body body = Body.json(data, example.data());
    Operation operation =
        Operation.of(type.name(), type.resource(), docs.summary())
            .takes(data.requiresMembers() ? body : body.optional())
            .takes(DRY_RUN, IDEMPOTENCY_KEY, IF_MATCH);
    if (path.contains("{id}")) {
      operation =
          operation.takes(
              Parameter.path("id", "Of the thing in " + type.resource() + ".", Shape.id())
                  .example(String.valueOf(example.id())));
    }
    List<String> headers =
        new ArrayList<>(
            List.of(
                ApiHeaders.ETAG,
                ApiHeaders.CONSISTENCY_TOKEN,
                ApiHeaders.IDEMPOTENCY_REPLAYED,
                ApiHeaders.CACHE_CONTROL));
    operation =
        operation.answers(
            200,
            creation
                ? "It was there with this content already, or a dry run."
                : "It has happened, had happened already, or a dry run.",
            Body.json(Shape.anyOf(done(), decided()), null),
            headers);
    if (creation) {
      headers.add(ApiHeaders.LOCATION);
      operation = operation.answers(201, "Created.", Body.json(done(), null), headers);
    }
    return refusals(operation, docs).refuses(412, "stale-version");
  }

  private static Operation refusals(Operation operation, CommandDocs docs) {
    Operation all =
        operation
            .refuses(422, "idempotency-key-reuse")
            .refuses(503, "unavailable", "outcome-unknown");
    for (int status : new int[] {NOT_FOUND, REFUSED}) {
      List<String> rules = docs.rules(status);
      all = rules.isEmpty() ? all : all.refuses(status, rules);
    }
    return all;
  }

  /** What has happened. */
  private static Shape done() {
    Map<String, Shape> members = new LinkedHashMap<>();
    members.put("id", Shape.id());
    members.put("version", Shape.whole(0).saying("Of the stream, from now on."));
    members.put("events", Shape.list(eventName()).saying("None when nothing had to happen."));
    return Shape.object(members).named("Done");
  }

  /** What would happen. */
  private static Shape decided() {
    Map<String, Shape> event = new LinkedHashMap<>();
    event.put("type", eventName());
    event.put("data", Shape.anything().saying("As the schema of its type says."));
    Map<String, Shape> members = new LinkedHashMap<>();
    members.put("id", Shape.id());
    members.put("version", Shape.whole(0));
    members.put("dryRun", Shape.always(true));
    members.put("events", Shape.list(Shape.object(event)));
    return Shape.object(members).named("DryRun");
  }

  private static Shape eventName() {
    List<String> names = new ArrayList<>();
    EventTypes.all().forEach(type -> names.add(type.name()));
    return Shape.oneOf(names).named("EventName");
  }

  /** {@code POST /api/commands}. */
  static Operation lines() {
    String example =
        Examples.all().stream()
            .limit(EXAMPLE_LINES)
            .map(Examples.Example::line)
            .collect(Collectors.joining("\n", "", "\n"));
    Operation operation =
        Operation.of("commands.send", "commands", "Send many commands, a line each")
            .saying(
                "A result line for each line, in order, as soon as those before it are decided."
                    + " Together (atomic) all happen in one transaction or none: then the status"
                    + " is that of the first that cannot be.")
            .takes(
                Parameter.query(
                    "atomic", "All of at most 1,000 lines together, or none.", Shape.flag()),
                IDEMPOTENCY_KEY)
            .takes(new Body(Body.LINES, true, line(), TextNode.valueOf(example)))
            .answers(
                200,
                "A line for each.",
                new Body(Body.LINES, true, result(), null),
                List.of(ApiHeaders.IDEMPOTENCY_REPLAYED, ApiHeaders.CACHE_CONTROL))
            .refuses(413, "too-many-lines")
            .refuses(412, "stale-version");
    TreeSet<String> refused = new TreeSet<>();
    TreeSet<String> notFound = new TreeSet<>();
    for (CommandTypes.Type type : CommandTypes.all()) {
      refused.addAll(CommandDocs.of(type.name()).rules(REFUSED));
      notFound.addAll(CommandDocs.of(type.name()).rules(NOT_FOUND));
    }
    return operation
        .refuses(REFUSED, refused)
        .refuses(NOT_FOUND, notFound)
        .refuses(422, "idempotency-key-reuse")
        .refuses(503, "unavailable", "outcome-unknown");
  }

  private static Shape line() {
    List<Shape> lines = new ArrayList<>();
    for (CommandTypes.Type type : CommandTypes.all()) {
      Shape data = Shape.command(type.name());
      boolean creation = Creation.class.isAssignableFrom(type.recordClass());
      Map<String, Shape> members = new LinkedHashMap<>();
      members.put("command", Shape.oneOf(List.of(type.name())));
      if (!type.isOnTheTenant()) {
        members.put("id", Shape.id());
      }
      members.put("idempotencyKey", Shape.matching(KEY).orNull());
      members.put("ifMatch", Shape.whole(1).orNull());
      members.put("data", data.requiresMembers() ? data : data.orNull());
      List<String> optional = new ArrayList<>(List.of("idempotencyKey", "ifMatch"));
      if (creation) {
        optional.add("id");
      }
      if (!data.requiresMembers()) {
        optional.add("data");
      }
      lines.add(Shape.object(members, optional).closed().named(type.name() + ".line"));
    }
    return Shape.anyOf(lines.toArray(Shape[]::new)).named("CommandLine");
  }

  private static Shape result() {
    Map<String, Shape> done = new LinkedHashMap<>();
    done.put("line", Shape.whole(1));
    done.put("status", Shape.whole(200));
    done.put("replayed", Shape.always(true));
    done.put("consistencyToken", Shape.text());
    done.put("id", Shape.id());
    done.put("version", Shape.whole(0));
    done.put("events", Shape.list(eventName()));
    Map<String, Shape> refused = new LinkedHashMap<>();
    refused.put("line", Shape.whole(1));
    refused.put("status", Shape.whole(400));
    refused.put("replayed", Shape.always(true));
    refused.put("problem", Shape.problem());
    List<String> optional = List.of("replayed");
    return Shape.anyOf(
            Shape.object(done, optional).named("LineDone"),
            Shape.object(refused, optional).named("LineRefused"))
        .named("ResultLine");
  }
}
