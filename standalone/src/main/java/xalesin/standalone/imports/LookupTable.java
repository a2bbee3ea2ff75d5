package xalesin.standalone.imports;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a CSV file that others refer to. */
final class LookupTable {
  /** Held in memory, unlike what is imported. */
  private static final int MAX_ROWS = 500_000;

  private LookupTable() {}

  static Map<String, String> read(Path beside, Profile.@Nullable Lookup lookup) {
    if (lookup == null) {
      throw new IllegalStateException("a profile is checked for its lookups when it is loaded");
    }
    Map<String, String> values = new HashMap<>();
    Path file = beside.resolveSibling(lookup.file());
    try (CsvReader rows = new CsvReader(file, List.of(lookup.key(), lookup.value()))) {
      for (CsvReader.Row row = rows.next(); row != null; row = rows.next()) {
        if (row.fault() != null) {
          throw row.place().fault(row.fault());
        }
        String key = row.value(lookup.key());
        String before = values.put(key, row.value(lookup.value()));
        if (before != null && !before.equals(values.get(key))) {
          throw row.place().fault("%s \"%s\" is there twice".formatted(lookup.key(), key));
        }
        if (values.size() > MAX_ROWS) {
          throw row.place().fault("a lookup has at most %d rows".formatted(MAX_ROWS));
        }
      }
    }
    return Map.copyOf(values);
  }
}
