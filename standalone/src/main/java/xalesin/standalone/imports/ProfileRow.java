package xalesin.standalone.imports;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row with all that a profile knows about it.
 *
 * @param profile its name
 * @param lookups by name
 * @param joins by name; a joined row has none
 */
record ProfileRow(
    String profile,
    CsvReader.Row row,
    Map<String, Map<String, String>> lookups,
    Map<String, JoinTable> joins)
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

  @Override
  public UUID id(String name) {
    return NamedIds.of(profile + "/" + name);
  }

  /** The rows of another file that belong to this one. */
  List<ProfileRow> joined(String join) {
    JoinTable table = joins.get(join);
    if (table == null) {
      throw new IllegalStateException("a profile is checked for its joins when it is loaded");
    }
    return table.of(row).stream()
        .map(joined -> new ProfileRow(profile, joined, lookups, Map.of()))
        .toList();
  }
}
