package xalesin.standalone.imports;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import xalesin.standalone.imports.Template.UnfitValueException;

/**
 * The commands that the rows of one CSV file give under a profile. A row gives all of its commands
 * or, when one of them cannot be made, none. For one thread.
 */
final class ProfileReader implements EntryReader {
  /**
   * So many keys are watched for a second use; beyond it only the server notices. 64 bytes each.
   */
  private static final int MAX_WATCHED_KEYS = 1_000_000;

  private final List<Mapping> mappings = new ArrayList<>();
  private final Map<String, Map<String, String>> lookups = new HashMap<>();
  private final CsvReader rows;
  private final Deque<Entry> ready = new ArrayDeque<>();
  private final Map<Long, Long> lineOfKey = new HashMap<>();

  ProfileReader(Profile profile, Profile.FileMapping mapping, Path file) {
    Set<String> columns = new TreeSet<>();
    for (Profile.CommandMapping command : mapping.commands()) {
      Mapping made = new Mapping(profile.name(), command);
      mappings.add(made);
      columns.addAll(made.columns());
      for (String lookup : made.lookups()) {
        lookups.computeIfAbsent(
            lookup, name -> LookupTable.read(file, profile.lookupsByName().get(name)));
      }
    }
    this.rows = new CsvReader(file, columns);
  }

  @Override
  public @Nullable Entry next() {
    while (ready.isEmpty()) {
      CsvReader.Row row = rows.next();
      if (row == null) {
        return null;
      }
      read(row);
    }
    return ready.poll();
  }

  private void read(CsvReader.Row row) {
    if (row.fault() != null) {
      ready.add(new Entry.Faulty(row.place(), row.fault()));
      return;
    }
    RowValues values = new RowValues(row, lookups);
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

  private record RowValues(CsvReader.Row row, Map<String, Map<String, String>> lookups)
      implements Template.Values {
    @Override
    public String column(String name) {
      return row.value(name);
    }

    @Override
    public @Nullable String lookup(String lookup, String key) {
      Map<String, String> table = lookups.get(lookup);
      return table == null ? null : table.get(key);
    }
  }

  @Override
  public void close() {
    rows.close();
  }
}
