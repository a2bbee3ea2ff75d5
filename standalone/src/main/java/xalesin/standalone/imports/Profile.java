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
 * @param files in the order they are imported, one after another
 */
record Profile(
    String name,
    @Nullable String description,
    @Nullable Map<String, Lookup> lookups,
    List<FileMapping> files) {

  /**
   * Values by key: given here, or from another file, where they are found or added up.
   *
   * @param values all there are; null when they are in a file
   * @param file the CSV file's name, in the folder of the others
   * @param key the column that is looked up
   * @param value the column that is found
   * @param sum the column that is added up over all rows with the key
   */
  record Lookup(
      @Nullable Map<String, String> values,
      @Nullable String file,
      @Nullable String key,
      @Nullable String value,
      @Nullable String sum) {
    Lookup {
      if (values != null) {
        values = Map.copyOf(values);
        if (file != null || key != null || value != null || sum != null) {
          throw new InvalidValueException("values", "stand alone, without a file");
        }
      } else {
        Check.text("file", file, Check.NAME);
        Check.text("key", key, Check.NAME);
        Check.optionalText("value", value, Check.NAME);
        Check.optionalText("sum", sum, Check.NAME);
        if ((value == null) == (sum == null)) {
          throw new InvalidValueException("value", "or \"sum\" must be given, not both");
        }
      }
    }
  }

  /**
   * Rows of another file that belong to a row of this one.
   *
   * @param file the other CSV file's name
   * @param key the column of the other file that says to which row it belongs
   * @param column the column of this file that it says
   */
  record Join(String file, String key, String column) {
    Join {
      Check.text("file", file, Check.NAME);
      Check.text("key", key, Check.NAME);
      Check.text("column", column, Check.NAME);
    }
  }

  /**
   * A reading of a CSV file; a profile may read a file several times.
   *
   * @param file the CSV file's name
   * @param joins rows of other files for each row, by name
   * @param commands what each row gives, in order
   */
  record FileMapping(
      String file, @Nullable Map<String, Join> joins, List<CommandMapping> commands) {
    FileMapping {
      Check.text("file", file, Check.NAME);
      commands = List.copyOf(Check.required("commands", (@Nullable List<CommandMapping>) commands));
    }

    Map<String, Join> joinsByName() {
      return joins == null ? Map.of() : joins;
    }
  }

  /**
   * @param command its name in {@code POST /api/commands}
   * @param id template of the name from which the id is made: the same name, the same id
   * @param idempotencyKey template of the key, unique in the profile; null for one made of {@code
   *     id} and {@code command}
   * @param ifMatch the version that the thing must have; null for any
   * @param when all of them must hold for the row to give this command
   * @param data the body: templates in objects and arrays
   */
  record CommandMapping(
      String command,
      String id,
      @Nullable String idempotencyKey,
      @Nullable Long ifMatch,
      @Nullable List<Condition> when,
      JsonNode data) {
    CommandMapping {
      Check.text("command", command, Check.NAME);
      if (CommandTypes.byName(command) == null) {
        throw new InvalidValueException("command", "no command is called \"" + command + "\"");
      }
      Check.text("id", id, Check.NAME);
      if (ifMatch != null && ifMatch < 1) {
        throw new InvalidValueException("ifMatch", "must be a version: 1 or more");
      }
      if (!Check.required("data", (@Nullable JsonNode) data).isObject()) {
        throw new InvalidValueException("data", "must be an object");
      }
    }
  }

  /**
   * Exactly one of the comparisons is given.
   *
   * @param column what is compared: a column, with filters as in a template
   */
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
    Set<String> withoutKey = new HashSet<>();
    for (FileMapping file : files) {
      for (CommandMapping mapping : file.commands()) {
        if (mapping.idempotencyKey() == null
            && !withoutKey.add(file.file() + "/" + mapping.command())) {
          throw new InvalidValueException(
              "files",
              "\"%s\" gives \"%s\" twice: each needs an \"idempotencyKey\" of its own"
                  .formatted(file.file(), mapping.command()));
        }
      }
    }
  }

  Map<String, Lookup> lookupsByName() {
    return lookups == null ? Map.of() : lookups;
  }
}
