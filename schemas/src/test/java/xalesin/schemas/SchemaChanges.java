package xalesin.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.SchemaOutline.Place;

/**
 * Which differences between a schema as it was published and as it is now break somebody. Of what
 * we write (events, rows), readers rely on what is there: nothing may go or change, and nothing new
 * be promised of what is in the log already. Of what we read (commands), senders rely on what is
 * taken: nothing may be refused that was taken before.
 */
final class SchemaChanges {
  /** Limits that take less when they grow; the other numbers take less when they shrink. */
  private static final Set<String> LEAST = Set.of("minimum", "minLength", "minItems");

  private static final Set<String> MOST = Set.of("maximum", "maxLength", "maxItems");

  private static final Map<String, String> LIMITS_NOTHING =
      Map.of("uniqueItems", "false", "additionalProperties", "true");

  private final boolean sent;
  private final List<String> breaking = new ArrayList<>();

  private SchemaChanges(SchemaFiles.Kind kind) {
    this.sent = kind == SchemaFiles.Kind.COMMANDS;
  }

  /** In words; empty when nobody notices. */
  static List<String> breaking(SchemaFiles.Kind kind, SchemaOutline before, SchemaOutline now) {
    SchemaChanges changes = new SchemaChanges(kind);
    before.places().forEach((path, place) -> changes.compare(path, place, now));
    now.places()
        .forEach(
            (path, place) -> {
              if (!before.places().containsKey(path)) {
                changes.isNew(path, place, before);
              }
            });
    return changes.breaking;
  }

  private void compare(String path, Place before, SchemaOutline outline) {
    String shown = path.isEmpty() ? "/" : path;
    Place now = outline.places().get(path);
    if (now == null) {
      breaking.add(shown + " is gone");
      return;
    }
    compareTypes(shown, before, now);
    if (sent ? now.required() && !before.required() : now.required() != before.required()) {
      breaking.add(shown + (now.required() ? " is newly required" : " is no longer always there"));
    }
    compareValues(shown, before, now);
    Set<String> limits = new TreeSet<>(before.limits().keySet());
    limits.addAll(now.limits().keySet());
    for (String limit : limits) {
      String was = before.limits().get(limit);
      String is = now.limits().get(limit);
      if (sent ? takesLess(limit, was, is) : !Objects.equals(was, is)) {
        breaking.add("%s has %s %s, it was %s".formatted(shown, limit, is, was));
      }
    }
  }

  private void compareTypes(String shown, Place before, Place now) {
    boolean same =
        sent ? now.types().containsAll(before.types()) : now.types().equals(before.types());
    if (!same) {
      breaking.add("%s is %s, it was %s".formatted(shown, now.types(), before.types()));
    }
  }

  private void compareValues(String shown, Place before, Place now) {
    if (before.values().isEmpty() && !now.values().isEmpty()) {
      breaking.add("%s may only be %s, it could be any".formatted(shown, now.values()));
    } else if (!now.values().isEmpty() && !now.values().containsAll(before.values())) {
      Set<String> gone = new TreeSet<>(before.values());
      gone.removeAll(now.values());
      breaking.add("%s may no longer be %s".formatted(shown, gone));
    } else if (!sent && now.values().isEmpty() && !before.values().isEmpty()) {
      breaking.add("%s may be anything, it was one of %s".formatted(shown, before.values()));
    }
  }

  /** A pattern that is another may take less: who knows better says so in the published outline. */
  private static boolean takesLess(String limit, @Nullable String was, @Nullable String is) {
    if (is == null || is.equals(was)) {
      return false;
    }
    if (LEAST.contains(limit)) {
      return was == null ? Long.parseLong(is) > 0 : Long.parseLong(is) > Long.parseLong(was);
    }
    if (MOST.contains(limit)) {
      return was == null || Long.parseLong(is) < Long.parseLong(was);
    }
    return !is.equals(LIMITS_NOTHING.get(limit));
  }

  /** New within what is new is no more than that. */
  private void isNew(String path, Place place, SchemaOutline before) {
    String parent = path.substring(0, Math.max(0, path.lastIndexOf('/')));
    if (place.required() && before.places().containsKey(parent) && !path.endsWith("/-")) {
      breaking.add(path + " is new and required");
    }
  }
}
