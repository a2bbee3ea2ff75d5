package xalesin.projection.stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * After a kill Kafka Streams finds stores that were not closed, as it must, and restores them from
 * their changelog. It tells so with the stack of an exception; this makes one line of it.
 * Thread-safe.
 */
public final class RestoreNotice extends TurboFilter {
  private static final org.slf4j.Logger log = LoggerFactory.getLogger(RestoreNotice.class);

  private RestoreNotice() {}

  /** Once for the process; does nothing where another backend than Logback logs. */
  public static synchronized void install() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        && context.getTurboFilterList().stream().noneMatch(RestoreNotice.class::isInstance)) {
      RestoreNotice notice = new RestoreNotice();
      notice.setContext(context);
      notice.start();
      context.addTurboFilter(notice);
    }
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] parameters,
      @Nullable Throwable failure) {
    if (!(failure instanceof TaskCorruptedException corrupted)
        || !level.isGreaterOrEqual(Level.WARN)) {
      return FilterReply.NEUTRAL;
    }
    log.warn(
        "The views of {} were not closed before: they are restored from the changelog",
        corrupted.corruptedTasks());
    return FilterReply.DENY;
  }
}
