package xalesin.query.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.edge.Push;

/** A client in memory: takes what is written at once, or when it is told to. Thread-safe. */
final class TestPush implements Push {
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private final List<String> messages = new ArrayList<>();
  private @Nullable Written pending;
  private @Nullable Ending ending;
  private boolean holds;
  private boolean aborted;
  private boolean failsToEnd;

  @Override
  public void write(ByteBuffer bytes, boolean endsMessage, Written written) {
    synchronized (this) {
      if (pending != null) {
        throw new IllegalStateException("one write at a time");
      }
      byte[] some = new byte[bytes.remaining()];
      bytes.get(some);
      message.writeBytes(some);
      if (endsMessage) {
        messages.add(message.toString(UTF_8));
        message.reset();
      }
      if (holds) {
        pending = written;
        return;
      }
    }
    written.done();
  }

  @Override
  public synchronized void end(Ending why, boolean idle) {
    if (failsToEnd) {
      throw new AssertionError("cannot be ended");
    }
    ending = why;
  }

  @Override
  public synchronized void abort() {
    aborted = true;
  }

  /** Takes nothing more of what is written from now on than the first bytes. */
  synchronized TestPush stopTaking() {
    holds = true;
    return this;
  }

  /** Takes all that is written from now on, and what was under way. */
  void goOnTaking() {
    Written written;
    synchronized (this) {
      holds = false;
      written = pending;
      pending = null;
    }
    if (written != null) {
      written.done();
    }
  }

  /** Each try to end it throws an Error. */
  synchronized TestPush failingToEnd() {
    failsToEnd = true;
    return this;
  }

  /** Whole messages, as they came. */
  synchronized List<String> messages() {
    return List.copyOf(messages);
  }

  /** The newest message; empty before there is one. */
  synchronized String newest() {
    return messages.isEmpty() ? "" : messages.getLast();
  }

  synchronized @Nullable Ending ending() {
    return ending;
  }

  synchronized boolean aborted() {
    return aborted;
  }
}
