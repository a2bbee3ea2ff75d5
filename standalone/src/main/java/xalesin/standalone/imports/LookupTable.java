package xalesin.standalone.imports;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xalesin.standalone.imports.Template.UnfitValueException;

/** Reads a CSV file that others refer to. */
final class LookupTable {
  /** Held in memory, unlike what is imported. */
  static final int MAX_ROWS = 500_000;

  private LookupTable() {}

  static Map<String, String> read(Path beside, Profile.@Nullable Lookup lookup) {
    if (lookup == null) {
      throw new IllegalStateException("a profile is checked for its lookups when it is loaded");
    }
    if (lookup.values() != null) {
      return lookup.values();
    }
    String file = String.valueOf(lookup.file());
    String key = String.valueOf(lookup.key());
    return lookup.sum() == null
        ? values(beside.resolveSibling(file), key, String.valueOf(lookup.value()))
        : sums(beside.resolveSibling(file), key, lookup.sum());
  }

  private static Map<String, String> values(Path file, String keyColumn, String column) {
    Map<String, String> values = new HashMap<>();
    try (CsvReader rows = new CsvReader(file, List.of(keyColumn, column))) {
      for (CsvReader.Row row = rows.next(); row != null; row = rows.next()) {
        String key = row.sound().value(keyColumn);
        String before = values.put(key, row.value(column));
        if (before != null && !before.equals(values.get(key))) {
          throw row.place().fault("%s \"%s\" is there twice".formatted(keyColumn, key));
        }
        checkSize(values.size(), row.place());
      }
    }
    return Map.copyOf(values);
  }

  private static Map<String, String> sums(Path file, String keyColumn, String column) {
    Map<String, BigDecimal> sums = new HashMap<>();
    try (CsvReader rows = new CsvReader(file, List.of(keyColumn, column))) {
      for (CsvReader.Row row = rows.next(); row != null; row = rows.next()) {
        String value = row.sound().value(column);
        if (!value.isBlank()) {
          try {
            sums.merge(
                row.value(keyColumn),
                new BigDecimal(Filter.Decimal.plain(value, '.')),
                BigDecimal::add);
          } catch (UnfitValueException e) {
            throw row.place().fault(column + ": " + e.getMessage(), e);
          }
        }
        checkSize(sums.size(), row.place());
      }
    }
    Map<String, String> texts = new HashMap<>();
    sums.forEach((key, sum) -> texts.put(key, Filter.Decimal.plain(sum)));
    return Map.copyOf(texts);
  }

  private static void checkSize(int keys, Place place) {
    if (keys > MAX_ROWS) {
      throw place.fault("a lookup has at most %d keys".formatted(MAX_ROWS));
    }
  }
}
