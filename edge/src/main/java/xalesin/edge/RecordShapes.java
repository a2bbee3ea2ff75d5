package xalesin.edge;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;
import xalesin.schemas.RowTypes;
import xalesin.schemas.Total;

/**
 * The shapes of answers that are records of their own. A row within one is the published one. A
 * component that may be null is left out of the JSON then. Pure.
 */
public final class RecordShapes {
  /** A sum of any size, in plain notation without trailing zeros. */
  private static final String TOTAL = "^(?!-0$)-?(0|[1-9][0-9]*)(\\.[0-9]*[1-9])?$";

  private RecordShapes() {}

  /**
   * @param name of the record's schema; those within it are named behind it
   */
  public static Shape of(Class<? extends Record> type, String name) {
    Map<String, Shape> members = new LinkedHashMap<>();
    Set<String> optional = new LinkedHashSet<>();
    for (RecordComponent component : type.getRecordComponents()) {
      members.put(component.getName(), value(component.getGenericType(), name));
      if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        optional.add(component.getName());
      }
    }
    return Shape.object(members, optional).named(name);
  }

  private static Shape value(Type type, String outer) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return Shape.list(value(list.getActualTypeArguments()[0], outer));
    }
    return value((Class<?>) type, outer);
  }

  private static Shape value(Class<?> type, String outer) {
    for (RowTypes.Type row : RowTypes.all()) {
      if (row.recordClass() == type) {
        return Shape.row(row.name());
      }
    }
    if (type.isRecord() && type != Total.class) {
      return of(type.asSubclass(Record.class), outer + "." + type.getSimpleName());
    }
    if (type.isEnum()) {
      return Shape.oneOf(
          Arrays.stream(type.getEnumConstants())
              .map(constant -> Json.MAPPER.convertValue(constant, String.class))
              .toList());
    }
    if (type == String.class) {
      return Shape.text();
    }
    if (type == UUID.class) {
      return Shape.id();
    }
    if (type == Instant.class || type == LocalDate.class) {
      return Shape.format(type == Instant.class ? "date-time" : "date");
    }
    if (type == Total.class) {
      return Shape.matching(TOTAL);
    }
    if (type == int.class || type == long.class) {
      return Shape.whole(0);
    }
    throw new IllegalArgumentException("say how a " + type + " is written as JSON");
  }
}
