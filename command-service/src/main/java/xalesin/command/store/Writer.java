package xalesin.command.store;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;

/** Writes the parts of a transaction, always in the same order so that writers do not lock up. */
final class Writer {
  private final Connection connection;
  private final Scope scope;

  Writer(Connection connection, Scope scope) {
    this.connection = connection;
    this.scope = scope;
  }

  void write(Changes changes) throws SQLException {
    // The events come first: with them the lock that keeps the others out or lets them in.
    if (!changes.events().isEmpty()) {
      append(changes.events());
    }
    if (!changes.released().isEmpty()) {
      claims(Sql.RELEASE, changes.released());
    }
    if (!changes.claimed().isEmpty()) {
      claims(Sql.CLAIM, changes.claimed());
    }
    if (!changes.numbers().isEmpty()) {
      numbers(changes.numbers());
    }
    if (!changes.answers().isEmpty()) {
      answers(changes.answers());
    }
  }

  private void append(List<NewEvent> events) throws SQLException {
    List<NewEvent> sorted =
        events.stream()
            .sorted(Comparator.comparing(NewEvent::stream).thenComparingLong(NewEvent::version))
            .toList();
    TreeSet<String> tenants = new TreeSet<>();
    for (NewEvent event : sorted) {
      tenants.add(event.stream().tenant());
    }
    try (Scope.Query insert = scope.prepare(Sql.APPEND)) {
      insert.setArray(1, connection.createArrayOf("text", tenants.toArray(new String[0])));
      insert.setArray(2, texts(sorted, event -> event.stream().tenant()));
      insert.setArray(3, texts(sorted, event -> event.stream().stream()));
      insert.setArray(4, longs(sorted, NewEvent::version));
      insert.setArray(5, texts(sorted, event -> event.id().toString()));
      insert.setArray(6, texts(sorted, NewEvent::type));
      insert.setArray(7, ints(sorted, NewEvent::schemaVersion));
      insert.setArray(8, texts(sorted, NewEvent::data));
      insert.setArray(9, longs(sorted, event -> micros(event.recordedAt())));
      insert.setArray(10, texts(sorted, NewEvent::actor));
      insert.setArray(11, texts(sorted, NewEvent::correlationId));
      insert.setArray(12, texts(sorted, NewEvent::causationId));
      insert.setArray(13, texts(sorted, NewEvent::traceparent));
      insert.setArray(14, texts(sorted, NewEvent::clientAddress));
      expect(sorted.size(), insert.write(), "a version was taken by another writer");
    }
  }

  private void claims(String sql, Map<ClaimKey, String> claims) throws SQLException {
    List<Map.Entry<ClaimKey, String>> sorted = List.copyOf(new TreeMap<>(claims).entrySet());
    try (Scope.Query statement = scope.prepare(sql)) {
      statement.setArray(1, texts(sorted, claim -> claim.getKey().tenant()));
      statement.setArray(2, texts(sorted, claim -> claim.getKey().kind()));
      statement.setArray(3, texts(sorted, claim -> claim.getKey().value()));
      statement.setArray(4, texts(sorted, Map.Entry::getValue));
      expect(sorted.size(), statement.write(), "a claim was taken by another writer");
    }
  }

  private void numbers(Map<SeriesKey, NumbersTaken> numbers) throws SQLException {
    List<Map.Entry<SeriesKey, NumbersTaken>> sorted =
        List.copyOf(new TreeMap<>(numbers).entrySet());
    try (Scope.Query take = scope.prepare(Sql.TAKE_NUMBERS)) {
      take.setArray(1, texts(sorted, taken -> taken.getKey().tenant()));
      take.setArray(2, texts(sorted, taken -> taken.getKey().series()));
      take.setArray(3, longs(sorted, taken -> taken.getValue().before()));
      take.setArray(4, longs(sorted, taken -> taken.getValue().last()));
      expect(sorted.size(), take.write(), "a number was taken by another writer");
    }
  }

  private void answers(List<StoredAnswer.First> answers) throws SQLException {
    List<StoredAnswer.First> sorted =
        answers.stream()
            .sorted(
                Comparator.comparing((StoredAnswer.First first) -> first.key().tenant())
                    .thenComparing(first -> first.key().caller())
                    .thenComparing(first -> first.key().key()))
            .toList();
    try (Scope.Query insert = scope.prepare(Sql.ANSWER)) {
      insert.setArray(1, texts(sorted, first -> first.key().tenant()));
      insert.setArray(2, texts(sorted, first -> first.key().caller()));
      insert.setArray(3, texts(sorted, first -> first.key().key()));
      insert.setArray(4, texts(sorted, first -> HexFormat.of().formatHex(first.requestHash())));
      insert.setArray(5, ints(sorted, first -> first.answer().status()));
      insert.setArray(6, texts(sorted, first -> first.answer().body()));
      insert.setArray(
          7,
          texts(
              sorted,
              first -> new String(Json.write(first.answer().headers()), StandardCharsets.UTF_8)));
      insert.setArray(8, longs(sorted, first -> micros(first.recordedAt())));
      expect(sorted.size(), insert.write(), "a key was used by another request");
    }
  }

  private static void expect(int expected, int written, String otherwise) {
    if (written != expected) {
      throw new StoreException.Conflict(otherwise);
    }
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private <T> Array texts(List<T> items, Function<T, ? extends @Nullable String> get)
      throws SQLException {
    Object[] texts = new String[items.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = get.apply(items.get(i));
    }
    return connection.createArrayOf("text", texts);
  }

  private <T> Array longs(List<T> items, Function<T, Long> get) throws SQLException {
    Object[] longs = new Long[items.size()];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = get.apply(items.get(i));
    }
    return connection.createArrayOf("int8", longs);
  }

  private <T> Array ints(List<T> items, Function<T, Integer> get) throws SQLException {
    Object[] ints = new Integer[items.size()];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = get.apply(items.get(i));
    }
    return connection.createArrayOf("int4", ints);
  }
}
