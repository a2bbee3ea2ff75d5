package xalesin.edge;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.core.Frame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.edge.limits.WorkQueue;

/**
 * Puts the messages of a socket together and hands them on, one at a time. A message is charged,
 * and waits for a place to work, as a request is. Called by one thread at a time.
 */
final class MessageDesk {
  /** As the largest request head, which takes 500 ids. */
  static final int MAX_MESSAGE_BYTES = 32 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(MessageDesk.class);

  private final PushSocket.Listener listener;
  private final Turn turn;
  private final Duration timeout;
  private @Nullable ByteArrayOutputStream begun;
  private @Nullable Future<?> alarm;

  /** Charges a message and gives it a place to work. */
  @FunctionalInterface
  interface Turn {
    WorkQueue.Place take() throws InterruptedException;
  }

  /**
   * @param timeout a message must be whole within this
   */
  MessageDesk(PushSocket.Listener listener, Turn turn, Duration timeout) {
    this.listener = listener;
    this.turn = turn;
    this.timeout = timeout;
  }

  /**
   * A frame of a text message, or a piece of one.
   *
   * @param next asks for the next frame, once this one is dealt with
   * @return why nothing more can be taken, or null
   */
  Push.@Nullable Ending take(Frame frame, Runnable next) {
    ByteArrayOutputStream message = begun == null ? new ByteArrayOutputStream() : begun;
    ByteBuffer payload = frame.getPayload();
    if (message.size() + payload.remaining() > MAX_MESSAGE_BYTES) {
      return Push.Ending.TOO_LARGE;
    }
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    message.writeBytes(bytes);
    if (!frame.isFin()) {
      if (begun == null) {
        begun = message;
        alarm =
            ForkJoinPool.commonPool()
                .schedule(
                    () -> listener.broken(Push.Ending.TOO_SLOW),
                    timeout.toNanos(),
                    TimeUnit.NANOSECONDS);
      }
      next.run();
      return null;
    }
    close();
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(message.toByteArray()))
              .toString();
    } catch (CharacterCodingException e) {
      return Push.Ending.NOT_TEXT;
    }
    Thread.ofVirtual().name("socket-message").start(() -> handOn(text, next));
    return null;
  }

  /** Gives up what has begun. */
  void close() {
    begun = null;
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
  }

  private void handOn(String text, Runnable next) {
    try (WorkQueue.Place _ = turn.take()) {
      listener.received(text, next);
    } catch (InterruptedException | RuntimeException e) {
      ProblemException known = Problems.of(e);
      if (known == null) {
        LOG.error("A message of a socket failed", e);
      }
      listener.refused(known == null ? Problems.internal() : known.problem(), next);
    }
  }
}
