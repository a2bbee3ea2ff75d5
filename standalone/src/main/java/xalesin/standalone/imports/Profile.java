package xalesin.standalone.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Check;
import xalesin.schemas.CommandTypes;
import xalesin.schemas.InvalidValueException;
import xalesin.schemas.Quantity;

/**
 * A mapping of CSV files to commands, as its JSON says it. Immutable.
 *
 * @param name part of every id and idempotency key that it makes
 * @param description for people
 * @param lookups tables to look values up in, by name
 * @param files in the order they are imported
 */
record Profile(
    String name,
    @Nullable String description,
    @Nullable Map<String, Lookup> lookups,
    List<FileMapping> files) {

  /**
   * @param file the CSV file's name, in the folder of the others
   * @param key the column that is looked up
   * @param value the column that is found
   */
  record Lookup(String file, String key, String value) {
    Lookup {
      Check.text("file", file, Check.NAME);
      Check.text("key", key, Check.NAME);
      Check.text("value", value, Check.NAME);
    }
  }

  /**
   * @param file the CSV file's name
   * @param commands what each row gives, in order
   */
  record FileMapping(String file, List<CommandMapping> commands) {
    FileMapping {
      Check.text("file", file, Check.NAME);
      commands = List.copyOf(Check.required("commands", (@Nullable List<CommandMapping>) commands));
      Set<String> withoutKey = new HashSet<>();
      for (CommandMapping mapping : commands) {
        if (mapping.idempotencyKey() == null && !withoutKey.add(mapping.command())) {
          throw new InvalidValueException(
              "commands",
              "gives \"%s\" twice: each needs an \"idempotencyKey\" of its own"
                  .formatted(mapping.command()));
        }
      }
    }
  }

  /**
   * @param command its name in {@code POST /api/commands}
   * @param id template of the name from which the id is made: the same name, the same id
   * @param idempotencyKey template of the key, unique in the profile; null for one made of {@code
   *     id} and {@code command}
   * @param when all of them must hold for the row to give this command
   * @param data the body: templates in objects and arrays
   */
  record CommandMapping(
      String command,
      String id,
      @Nullable String idempotencyKey,
      @Nullable List<Condition> when,
      JsonNode data) {
    CommandMapping {
      Check.text("command", command, Check.NAME);
      if (CommandTypes.byName(command) == null) {
        throw new InvalidValueException("command", "no command is called \"" + command + "\"");
      }
      Check.text("id", id, Check.NAME);
      if (!Check.required("data", (@Nullable JsonNode) data).isObject()) {
        throw new InvalidValueException("data", "must be an object");
      }
    }
  }

  /** Exactly one of the comparisons is given. */
  record Condition(
      String column, @Nullable String is, @Nullable String isNot, @Nullable Quantity greaterThan) {
    Condition {
      Check.text("column", column, Check.NAME);
      int given = (is == null ? 0 : 1) + (isNot == null ? 0 : 1) + (greaterThan == null ? 0 : 1);
      if (given != 1) {
        throw new InvalidValueException(
            "column", "needs exactly one of \"is\", \"isNot\" and \"greaterThan\"");
      }
    }

    boolean holds(String value) throws Template.UnfitValueException {
      String text = value.strip();
      if (is != null) {
        return text.equals(is);
      }
      if (isNot != null) {
        return !text.equals(isNot);
      }
      if (text.isEmpty()) {
        return false;
      }
      return greaterThan != null
          && new BigDecimal(Filter.Decimal.plain(text, '.')).compareTo(greaterThan.value()) > 0;
    }
  }

  Profile {
    if (!Check.isTenant(Check.required("name", (@Nullable String) name))) {
      throw new InvalidValueException("name", "must be lower-case letters, digits and hyphens");
    }
    files = List.copyOf(Check.required("files", (@Nullable List<FileMapping>) files));
    if (files.isEmpty()) {
      throw new InvalidValueException("files", "must name at least one file");
    }
  }

  Map<String, Lookup> lookupsByName() {
    return lookups == null ? Map.of() : lookups;
  }
}
