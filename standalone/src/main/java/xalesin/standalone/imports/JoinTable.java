package xalesin.standalone.imports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows of a CSV file that belong to rows of another one, in memory. Remembers to which it has
 * met the row that they belong to, so that none is lost in silence. For one thread.
 */
final class JoinTable {
  private final Profile.Join join;
  private final Map<String, List<CsvReader.Row>> rowsByKey = new LinkedHashMap<>();
  private final Set<String> unmet = new LinkedHashSet<>();

  /**
   * @param columns what is needed of each row
   */
  JoinTable(Path beside, Profile.Join join, Collection<String> columns) {
    this.join = join;
    List<String> needed = new ArrayList<>(columns);
    needed.add(join.key());
    int count = 0;
    try (CsvReader rows = new CsvReader(beside.resolveSibling(join.file()), needed)) {
      for (CsvReader.Row row = rows.next(); row != null; row = rows.next()) {
        String key = row.sound().value(join.key()).strip();
        rowsByKey.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
        count++;
        if (count > LookupTable.MAX_ROWS) {
          throw row.place().fault("at most %d rows are joined".formatted(LookupTable.MAX_ROWS));
        }
      }
    }
    unmet.addAll(rowsByKey.keySet());
  }

  /** In the order of the file; empty when there are none. */
  List<CsvReader.Row> of(CsvReader.Row row) {
    return rowsByKey.getOrDefault(keyOf(row), List.of());
  }

  /** There is such a row, whatever becomes of it. */
  void meet(CsvReader.Row row) {
    unmet.remove(keyOf(row));
  }

  private String keyOf(CsvReader.Row row) {
    return row.value(join.column()).strip();
  }

  /** The rows that belong to no row that was met. */
  List<Entry.Faulty> orphans(Path master) {
    List<Entry.Faulty> orphans = new ArrayList<>();
    for (String key : unmet) {
      for (CsvReader.Row row : rowsByKey.getOrDefault(key, List.of())) {
        orphans.add(
            new Entry.Faulty(
                row.place(),
                "no row of %s has the %s \"%s\""
                    .formatted(master.getFileName(), join.column(), key)));
      }
    }
    return orphans;
  }
}
