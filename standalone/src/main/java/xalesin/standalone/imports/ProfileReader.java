package xalesin.standalone.imports;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import xalesin.standalone.imports.Template.UnfitValueException;

/**
 * The commands that the rows of one CSV file give under a profile. A row gives all of its commands
 * or, when one of them cannot be made, none. Behind them come the joined rows that belong to no row
 * of the file, as faults. For one thread.
 */
final class ProfileReader implements EntryReader {
  /**
   * So many keys are watched for a second use; beyond it only the server notices. 64 bytes each.
   */
  private static final int MAX_WATCHED_KEYS = 1_000_000;

  private final String profile;
  private final Path file;
  private final List<Mapping> mappings = new ArrayList<>();
  private final Map<String, Map<String, String>> lookups = new HashMap<>();
  private final Map<String, JoinTable> joins = new LinkedHashMap<>();
  private final CsvReader rows;
  private final Deque<Entry> ready = new ArrayDeque<>();
  private final Map<Long, Long> lineOfKey = new HashMap<>();
  private boolean ended;

  ProfileReader(Profile profile, Profile.FileMapping mapping, Path file) {
    this.profile = profile.name();
    this.file = file;
    Set<String> columns = new TreeSet<>();
    Map<String, Set<String>> joinedColumns = new TreeMap<>();
    for (Profile.CommandMapping command : mapping.commands()) {
      Mapping made = new Mapping(profile.name(), command);
      mappings.add(made);
      columns.addAll(made.columns());
      made.joinedColumns()
          .forEach(
              (join, needed) ->
                  joinedColumns.computeIfAbsent(join, _ -> new TreeSet<>()).addAll(needed));
      for (String lookup : made.lookups()) {
        lookups.computeIfAbsent(
            lookup, name -> LookupTable.read(file, profile.lookupsByName().get(name)));
      }
    }
    mapping
        .joinsByName()
        .forEach(
            (name, join) -> {
              columns.add(join.column());
              joins.put(
                  name, new JoinTable(file, join, joinedColumns.getOrDefault(name, Set.of())));
            });
    this.rows = new CsvReader(file, columns);
  }

  @Override
  public @Nullable Entry next() {
    while (ready.isEmpty() && !ended) {
      CsvReader.Row row = rows.next();
      if (row == null) {
        joins.values().forEach(join -> ready.addAll(join.orphans(file)));
        ended = true;
      } else {
        read(row);
      }
    }
    return ready.poll();
  }

  private void read(CsvReader.Row row) {
    if (row.fault() != null) {
      ready.add(new Entry.Faulty(row.place(), row.fault()));
      return;
    }
    joins.values().forEach(join -> join.meet(row));
    ProfileRow values = new ProfileRow(profile, row, lookups, joins);
    List<Mapping.Made> commands = new ArrayList<>();
    try {
      for (Mapping mapping : mappings) {
        Mapping.Made made = mapping.make(values);
        if (made != null) {
          watch(made.key(), row.place().line());
          commands.add(made);
        }
      }
    } catch (UnfitValueException e) {
      ready.add(new Entry.Faulty(row.place(), String.valueOf(e.getMessage())));
      return;
    }
    for (Mapping.Made made : commands) {
      ready.add(new Entry.Command(row.place(), made.json()));
    }
  }

  /** Two commands with one key would be one command: the second would be lost in silence. */
  private void watch(String key, long line) throws UnfitValueException {
    if (lineOfKey.size() < MAX_WATCHED_KEYS) {
      Long other = lineOfKey.putIfAbsent(NamedIds.of(key).getMostSignificantBits(), line);
      if (other != null) {
        throw new UnfitValueException(
            "the idempotency key \"%s\" was used in line %d".formatted(key, other));
      }
    }
  }

  @Override
  public void close() {
    rows.close();
  }
}
