package xalesin.bench.live;

import java.net.ProtocolException;

/** What a connection does with what it is sent. Called by the client's thread only. */
public sealed interface Receiver permits Follower, Counter, Bystander {
  /**
   * @param nanos {@link System#nanoTime()} at which its last bytes were read
   * @return whether it has been let in: it will be sent all that happens from now on
   */
  boolean takes(ServerEvent event, long nanos) throws ProtocolException;

  /** The connection ended, and nobody had asked for that. */
  void lost();
}
