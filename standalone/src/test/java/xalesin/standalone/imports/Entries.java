package xalesin.standalone.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import xalesin.schemas.Json;

/** Reads inputs to the end. */
final class Entries {
  private Entries() {}

  static List<Entry> all(EntryReader reader) {
    List<Entry> entries = new ArrayList<>();
    try (reader) {
      for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
        entries.add(entry);
      }
    }
    return entries;
  }

  static List<Entry> all(List<Input> inputs) {
    List<Entry> entries = new ArrayList<>();
    inputs.forEach(input -> entries.addAll(all(input.open())));
    return entries;
  }

  static JsonNode json(Entry entry) {
    try {
      return Json.STRICT.readTree(((Entry.Command) entry).json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Entry entry) {
    return switch (entry) {
      case Entry.Command command -> new String(command.json(), UTF_8);
      case Entry.Faulty faulty -> "line " + faulty.place().line() + ": " + faulty.detail();
    };
  }
}
