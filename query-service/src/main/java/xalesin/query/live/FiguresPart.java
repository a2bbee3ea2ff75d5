package xalesin.query.live;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import xalesin.projection.TenantViews;
import xalesin.projection.changes.ChangeLog;

/** Figures that are asked as one: one row that has no id. */
public final class FiguresPart implements Part {
  private static final byte[] NOTHING = {};

  private final String name;
  private final Function<TenantViews, byte[]> question;
  private byte[] known = NOTHING;

  /**
   * @param question the figures as JSON
   */
  public FiguresPart(String name, Function<TenantViews, byte[]> question) {
    this.name = name;
    this.question = question;
  }

  @Override
  public long bytes(TenantViews at) {
    // As much for everybody.
    return 0;
  }

  @Override
  public void remember(TenantViews at) {
    known = question.apply(at);
  }

  @Override
  public void all(TenantViews at, Batch batch) {
    batch.add(name, List.of(known), List.of(), null);
  }

  /** Other figures may be due without any change, such as those of a new day. */
  @Override
  public void missed(TenantViews at, ChangeLog log, long since, Batch batch) {
    all(at, batch);
  }

  @Override
  public long missedSince(ChangeLog log, long since) {
    return 0;
  }

  @Override
  public void changes(TenantViews at, ChangeLog log, long since, Batch batch) {
    byte[] before = known;
    known = question.apply(at);
    if (!Arrays.equals(before, known)) {
      batch.add(name, List.of(known), List.of(), null);
    }
  }
}
