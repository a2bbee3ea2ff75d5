package xalesin.bench.live;

/** Counts what it is sent, whatever it says. */
public final class Counter implements Receiver {
  private final Rounds rounds;

  public Counter(Rounds rounds) {
    this.rounds = rounds;
  }

  @Override
  public boolean takes(ServerEvent event, long nanos) {
    if (event.hasData()) {
      rounds.frame();
    }
    return true;
  }

  @Override
  public void lost() {
    // The client counts it.
  }
}
