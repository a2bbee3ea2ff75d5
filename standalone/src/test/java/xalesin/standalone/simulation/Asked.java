package xalesin.standalone.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;

/**
 * One command as it is sent.
 *
 * @param id of the thing; null for the tenant itself
 */
record Asked(String command, @Nullable UUID id, JsonNode data) {
  static Asked of(String command, @Nullable UUID id, Object data) {
    return new Asked(command, id, Json.MAPPER.valueToTree(data));
  }

  /** As a line of {@code POST /api/commands}. */
  String line(@Nullable String idempotencyKey) {
    ObjectNode line = Json.MAPPER.createObjectNode().put("command", command);
    if (id != null) {
      line.put("id", id.toString());
    }
    if (idempotencyKey != null) {
      line.put("idempotencyKey", idempotencyKey);
    }
    line.set("data", data);
    return line + "\n";
  }
}
