package xalesin.bench.live;

import java.net.ProtocolException;

/** Follows its tenant's items: each frame must be of a later state than the one before. */
public final class Follower implements Receiver {
  private final Audience audience;
  private final int number;
  private long sequence = -1;

  /**
   * @param number within the audience, from 0
   */
  public Follower(Audience audience, int number) {
    this.audience = audience;
    this.number = number;
  }

  @Override
  public boolean takes(ServerEvent event, long nanos) throws ProtocolException {
    switch (event.kind()) {
      case OTHER -> {}
      case RESET -> throw new ProtocolException("a reset on a connection that asked for none");
      case SNAPSHOT -> {
        if (sequence >= 0) {
          throw new ProtocolException("a second snapshot");
        }
        audience.joins(number);
        show(event, nanos);
      }
      case BATCH -> {
        if (sequence < 0 || event.id() <= sequence) {
          throw new ProtocolException("a frame of " + event.id() + " after one of " + sequence);
        }
        show(event, nanos);
      }
    }
    return sequence >= 0;
  }

  private void show(ServerEvent event, long nanos) throws ProtocolException {
    sequence = event.id();
    audience.received(number, audience.frames().read(event), nanos);
  }

  @Override
  public void lost() {
    audience.loses(number);
  }
}
