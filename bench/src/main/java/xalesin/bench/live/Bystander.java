package xalesin.bench.live;

/** Takes what it is sent, and nobody waits for it. */
public final class Bystander implements Receiver {
  private boolean in;

  @Override
  public boolean takes(ServerEvent event, long nanos) {
    in |= event.kind() == ServerEvent.Kind.SNAPSHOT;
    return in;
  }

  @Override
  public void lost() {
    // The client counts it.
  }
}
