package xalesin.projection.stream;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Set;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RestoreNoticeTest {
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @Test
  void a_store_that_was_not_closed_is_told_of_in_one_line() {
    RestoreNotice.install();
    RestoreNotice.install();
    lines.start();
    root.addAppender(lines);
    try {
      org.slf4j.Logger streams = LoggerFactory.getLogger("org.apache.kafka.streams.Any");
      streams.warn("corrupted", new TaskCorruptedException(Set.of(new TaskId(0, 3))));
      streams.error("something else", new IllegalStateException("odd"));
    } finally {
      root.detachAppender(lines);
    }
    assertThat(lines.list).hasSize(2);
    assertThat(lines.list.getFirst().getFormattedMessage())
        .contains("0_3", "restored from the changelog");
    assertThat(lines.list.getFirst().getThrowableProxy()).isNull();
    assertThat(lines.list.getLast().getThrowableProxy()).isNotNull();
  }
}
