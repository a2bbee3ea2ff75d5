package xalesin.command.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.handling.Ids;
import xalesin.command.handling.Step;
import xalesin.edge.Bodies;
import xalesin.edge.Caller;
import xalesin.edge.Exchange;
import xalesin.edge.Problem;
import xalesin.schemas.CommandTypes;
import xalesin.schemas.Creation;
import xalesin.schemas.StreamName;

/**
 * One line of {@code POST /api/commands}.
 *
 * @param command the type's name, such as {@code inventory-items.receive}
 * @param id of the thing; may be left out of, or stand in the data of, a creation
 * @param ifMatch the version that the thing must have when the line is decided, null for any
 * @param data the body that the command's own route takes; nothing stands for {@code {}}
 */
record CommandLine(
    @Nullable String command,
    @Nullable String id,
    @Nullable String idempotencyKey,
    @Nullable Long ifMatch,
    @Nullable JsonNode data) {

  /**
   * A line understood.
   *
   * @param hash of all that makes it what it is
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Parsed(Step step, boolean creation, @Nullable String idempotencyKey, byte[] hash) {}

  /** Throws the problem that says what is wrong with it. */
  static Parsed parse(byte[] json, Commands commands, Caller caller) {
    CommandLine line = Bodies.read(json, CommandLine.class);
    CommandTypes.Type type = line.command == null ? null : CommandTypes.byName(line.command);
    if (type == null) {
      throw Problem.invalid("/command", "must be the name of a command").exception();
    }
    commands.check(caller, type);
    if (line.idempotencyKey != null && !Requests.isKey(line.idempotencyKey)) {
      throw Problem.invalid("/idempotencyKey", "must be 1 to 255 printable ASCII characters")
          .exception();
    }
    if (line.ifMatch != null && line.ifMatch < 1) {
      throw Problem.invalid("/ifMatch", "must be a version: 1 or more").exception();
    }
    JsonNode data = line.data == null ? JsonNodeFactory.instance.objectNode() : line.data;
    Object command = Bodies.read(data, type.recordClass(), "/data");
    Step step =
        new Step(
            commands.aggregate(type).plan(line.idOf(type, command), command),
            Ids.next(),
            line.ifMatch);
    return new Parsed(
        step, command instanceof Creation, line.idempotencyKey, line.hash(type, data));
  }

  private byte[] hash(CommandTypes.Type type, JsonNode read) {
    List<byte[]> parts =
        new ArrayList<>(
            List.of(
                Requests.bytes(type.name()), Requests.bytes(id), Requests.bytes(read.toString())));
    if (ifMatch != null) {
      parts.add(Requests.bytes(ifMatch.toString()));
    }
    return Requests.hash(parts.toArray(byte[][]::new));
  }

  private UUID idOf(CommandTypes.Type type, Object command) {
    UUID given = id == null ? null : Exchange.parseUuid(id, "id");
    if (type.isOnTheTenant()) {
      if (given != null) {
        throw Problem.invalid("/id", "must be left out: there is one in a tenant").exception();
      }
      return StreamName.ONLY;
    }
    if (!(command instanceof Creation creation)) {
      if (given == null) {
        throw Problem.invalid("/id", "is required").exception();
      }
      return given;
    }
    UUID inData = creation.id();
    if (given != null && inData != null && !given.equals(inData)) {
      throw Problem.invalid("/data/id", "must not differ from the line's id").exception();
    }
    if (given != null) {
      return given;
    }
    return inData == null ? Ids.next() : inData;
  }
}
