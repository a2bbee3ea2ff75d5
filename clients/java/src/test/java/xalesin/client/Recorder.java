package xalesin.client;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A listener that writes down what it is told, in a short form. */
final class Recorder implements LiveListener {
  private static final Duration WITHIN = Duration.ofSeconds(30);

  private final List<String> changes = new ArrayList<>();
  private final List<ConnectionState> states = new ArrayList<>();
  private @Nullable LiveException failure;
  private @Nullable LiveState state;

  @Override
  public synchronized void changed(LiveState now, List<LiveChange> differences) {
    state = now;
    StringBuilder text = new StringBuilder();
    for (LiveChange change : differences) {
      text.append(change.view());
      change.upserts().forEach(row -> text.append(" +").append(row(row)));
      change.deletes().forEach(id -> text.append(" -").append(id));
      text.append(';');
    }
    changes.add(now.sequence() + ": " + text);
  }

  private static String row(JsonNode row) {
    return row.path("id").asText() + "=" + row.path("n").asInt();
  }

  @Override
  public synchronized void connection(ConnectionState now) {
    states.add(now);
  }

  @Override
  public synchronized void failed(LiveException reason) {
    failure = reason;
  }

  synchronized List<String> changes() {
    return List.copyOf(changes);
  }

  synchronized List<ConnectionState> states() {
    return List.copyOf(states);
  }

  synchronized @Nullable LiveException failure() {
    return failure;
  }

  /** The rows of a view, in their order, and its total. */
  synchronized String rows(String view) {
    return state == null
        ? "nothing"
        : state.rows(view).stream().map(Recorder::row).toList() + " of " + state.total(view);
  }

  void awaitChanges(String... expected) {
    await().atMost(WITHIN).until(this::changes, List.of(expected)::equals);
  }

  void awaitState(ConnectionState expected) {
    await().atMost(WITHIN).until(() -> states().contains(expected));
  }

  LiveException awaitFailure() {
    await().atMost(WITHIN).until(() -> failure() != null);
    return java.util.Objects.requireNonNull(failure());
  }
}
