package xalesin.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import xalesin.client.LiveQuestion.FirstRows;
import xalesin.client.LiveQuestion.Rows;
import xalesin.client.LiveQuestion.Views;

/**
 * A question, who follows it, and its answer: the part of what its connection follows that it asks
 * for. Whose it is and who follows it is guarded by the client, the answer by the link.
 */
final class Topic {
  final LiveQuestion question;
  final List<LiveSubscription> subscriptions = new CopyOnWriteArrayList<>();
  private volatile Link link;
  private volatile @Nullable LiveState state;

  Topic(LiveQuestion question, Link link) {
    this.question = question;
    this.link = link;
  }

  Link link() {
    return link;
  }

  void moveTo(Link other) {
    link = other;
  }

  /** Null before the first frame. */
  @Nullable LiveState state() {
    return state;
  }

  /**
   * Makes the answer anew.
   *
   * @param all that the connection follows
   * @return what is different now
   */
  List<LiveChange> accept(LiveState all) {
    LiveState before = state;
    LiveState after = part(all);
    List<LiveChange> changes = Difference.between(before, after);
    if (before == null || !changes.isEmpty()) {
      state = after;
    }
    return changes;
  }

  private LiveState part(LiveState all) {
    Map<String, LiveState.Rows> mine = new HashMap<>();
    all.views()
        .forEach(
            (view, rows) -> {
              switch (question) {
                case Views views when views.names().contains(view) -> mine.put(view, rows);
                case Views _ -> {
                  // Another topic's.
                }
                case Rows some -> mine.put(view, chosen(some, rows));
                case FirstRows _ -> mine.put(view, rows);
              }
            });
    return new LiveState(all.sequence(), mine);
  }

  private static LiveState.Rows chosen(Rows some, LiveState.Rows rows) {
    List<JsonNode> chosen =
        rows.rows().stream().filter(row -> some.ids().contains(row.path("id").asText())).toList();
    return new LiveState.Rows(chosen, chosen.size());
  }
}
