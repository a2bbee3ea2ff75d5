package xalesin.standalone.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import xalesin.schemas.Json;

/**
 * A command of the demo company.
 *
 * @param name as in {@code POST /api/commands}
 * @param id the item
 * @param idempotencyKey the same in every run with the same seed
 * @param data the command record
 */
record DemoCommand(String name, UUID id, String idempotencyKey, Record data) {
  byte[] json() {
    ObjectNode line = Json.MAPPER.createObjectNode();
    line.put("command", name);
    line.put("id", id.toString());
    line.put("idempotencyKey", idempotencyKey);
    line.set("data", Json.MAPPER.valueToTree(data));
    return Json.write(line);
  }
}
