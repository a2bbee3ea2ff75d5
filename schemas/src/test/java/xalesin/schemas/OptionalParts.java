package xalesin.schemas;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which parts of records may be missing, and which were found there and which were not. */
final class OptionalParts {
  private final Set<String> all = new TreeSet<>();
  private final Set<String> present = new TreeSet<>();
  private final Set<String> missing = new TreeSet<>();

  void look(Object value) {
    look("", value);
  }

  Set<String> all() {
    return all;
  }

  Set<String> present() {
    return present;
  }

  Set<String> missing() {
    return missing;
  }

  private void look(String path, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case List<?> list -> list.forEach(element -> look(path, element));
      case Record parts -> {
        for (RecordComponent component : parts.getClass().getRecordComponents()) {
          look(path + "/" + component.getName(), component, parts);
        }
      }
      default -> {}
    }
  }

  private void look(String path, RecordComponent component, Record owner) {
    Object value;
    try {
      value = component.getAccessor().invoke(owner);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
    if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      all.add(path);
      (value == null ? missing : present).add(path);
    }
    look(path, value);
  }
}
