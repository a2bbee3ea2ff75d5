package xalesin.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xalesin.client.LiveChange;
import xalesin.client.LiveClient;
import xalesin.client.LiveException;
import xalesin.client.LiveListener;
import xalesin.client.LiveQuestion;
import xalesin.client.LiveState;

/**
 * A subscription and the list that must be equal to it. It also keeps rows of its own by applying
 * the changes it is told, which must give the same.
 */
final class LiveChecker implements LiveListener {
  private static final Duration WITHIN = Duration.ofSeconds(90);

  /** A read is compared with the state of its own sequence if that is among the newest. */
  private static final int REMEMBERED = 200;

  private final String name;
  private final String view;
  private final String path;
  private final boolean isList;
  private final Map<Long, LiveState> recent =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, LiveState> eldest) {
          return size() > REMEMBERED;
        }
      };
  private final Map<String, JsonNode> told = new HashMap<>();
  private @Nullable LiveState newest;
  private @Nullable LiveException failure;

  /**
   * @param path of the list
   * @param isList whether order and total count too
   */
  LiveChecker(String view, String path, boolean isList) {
    this.name = path;
    this.view = view;
    this.path = path;
    this.isList = isList;
  }

  LiveChecker follow(LiveClient client, LiveQuestion question) {
    client.subscribe(question, this);
    return this;
  }

  @Override
  public synchronized void changed(LiveState state, List<LiveChange> changes) {
    newest = state;
    recent.put(state.sequence(), state);
    for (LiveChange change : changes) {
      if (!change.view().equals(view)) {
        continue;
      }
      change.upserts().forEach(row -> told.put(row.path("id").asText(), row));
      change.deletes().forEach(told::remove);
    }
  }

  @Override
  public synchronized void failed(LiveException reason) {
    failure = reason;
  }

  /** Compares with a read that has seen everything, once the client has seen it too. */
  void equalsAll(ItemStory story) throws InterruptedException {
    ItemStory.Listed listed = story.listAfterAll(path);
    try {
      await().atMost(WITHIN).pollInterval(Duration.ofMillis(2)).until(() -> equalsNow(listed));
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      throw new AssertionError(
          "%s: the client has %s, the list at %d is %s"
              .formatted(name, describe(), listed.sequence(), listed.rows()),
          e);
    }
  }

  private synchronized boolean equalsNow(ItemStory.Listed listed) {
    assertThat(failure).as(name).isNull();
    return newest != null && equals(newest, listed) && told.equals(byId(listed.rows()));
  }

  private synchronized String describe() {
    return newest + " and was told " + told.keySet();
  }

  /**
   * Compares with a read that nobody waited for, at its own instant.
   *
   * @return false when the client has no frame of that instant
   */
  boolean equalsAtOneInstant(ItemStory story) throws InterruptedException {
    ItemStory.Listed listed = story.list(path);
    synchronized (this) {
      LiveState then = recent.get(listed.sequence());
      if (then == null) {
        return false;
      }
      if (!equals(then, listed)) {
        throw new AssertionError(
            "%s at %d: the client had %s, the list is %s"
                .formatted(name, listed.sequence(), then, listed.rows()));
      }
      return true;
    }
  }

  private boolean equals(LiveState state, ItemStory.Listed listed) {
    List<JsonNode> rows = state.rows(view);
    return isList
        ? rows.equals(listed.rows()) && state.total(view) == listed.total()
        : byId(rows).equals(byId(listed.rows()));
  }

  private static Map<String, JsonNode> byId(List<JsonNode> rows) {
    Map<String, JsonNode> byId = new HashMap<>();
    new ArrayList<>(rows).forEach(row -> byId.put(row.path("id").asText(), row));
    return byId;
  }
}
