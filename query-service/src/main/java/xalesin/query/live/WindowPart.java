package xalesin.query.live;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import xalesin.projection.Page;
import xalesin.projection.TenantViews;
import xalesin.projection.changes.ChangeLog;
import xalesin.projection.view.View;
import xalesin.query.live.Batch.Extent;

/**
 * The first rows of a list, in its order, and how many it has in all. When a row of its view has
 * changed the list is asked again and compared with what it was: so it always equals the list.
 */
public final class WindowPart implements Part {
  private static final int ID_BYTES = 16;

  private final View<?> view;
  private final Function<TenantViews, Answer> question;
  private Window known = new Window(new LinkedHashMap<>(), 0);

  /** A first page and the total. */
  public record Answer(Page page, long total) {}

  private record Window(Map<UUID, byte[]> rows, long total) {
    boolean hasOrderOf(Window other) {
      return List.copyOf(rows.keySet()).equals(List.copyOf(other.rows.keySet()));
    }
  }

  /**
   * @param question asks the list
   */
  public WindowPart(View<?> view, Function<TenantViews, Answer> question) {
    this.view = view;
    this.question = question;
  }

  @Override
  public long bytes(TenantViews at) {
    return ask(at).rows.values().stream().mapToLong(row -> row.length).sum();
  }

  private Window ask(TenantViews at) {
    Answer answer = question.apply(at);
    Page page = answer.page();
    Map<UUID, byte[]> rows = new LinkedHashMap<>();
    for (int i = 0; i < page.rows().size(); i++) {
      rows.put(id(page.positions().get(i)), page.rows().get(i));
    }
    return new Window(rows, answer.total());
  }

  /** Positions end with the row's id. */
  private static UUID id(byte[] position) {
    ByteBuffer id = ByteBuffer.wrap(position, position.length - ID_BYTES, ID_BYTES);
    return new UUID(id.getLong(), id.getLong());
  }

  @Override
  public void remember(TenantViews at) {
    known = ask(at);
  }

  @Override
  public void all(TenantViews at, Batch batch) {
    batch.add(
        view.name(),
        List.copyOf(known.rows.values()),
        List.of(),
        new Extent(List.copyOf(known.rows.keySet()), known.total));
  }

  @Override
  public void missed(TenantViews at, ChangeLog log, long since, Batch batch) {
    if (log.hasChanged(view, since)) {
      all(at, batch);
    }
  }

  /** Whatever has changed, all of it comes. */
  @Override
  public long missedSince(ChangeLog log, long since) {
    return log.hasChanged(view, since) ? 1 : 0;
  }

  @Override
  public void changes(TenantViews at, ChangeLog log, long since, Batch batch) {
    if (!log.hasChanged(view, since)) {
      return;
    }
    Window before = known;
    Window now = ask(at);
    known = now;
    List<byte[]> upserts = new ArrayList<>();
    now.rows.forEach(
        (id, row) -> {
          if (!Arrays.equals(row, before.rows.get(id))) {
            upserts.add(row);
          }
        });
    List<UUID> deletes =
        before.rows.keySet().stream().filter(id -> !now.rows.containsKey(id)).toList();
    boolean sameOrder = now.hasOrderOf(before);
    if (!upserts.isEmpty() || !sameOrder || now.total != before.total) {
      List<UUID> order = sameOrder ? null : List.copyOf(now.rows.keySet());
      batch.add(view.name(), upserts, deletes, new Extent(order, now.total));
    }
  }
}
