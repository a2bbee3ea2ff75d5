package xalesin.client;

/** How things stand between a subscription and the server, from the best to the worst. */
public enum ConnectionState {
  /** Changes come as they happen. */
  LIVE,
  /** The first connection is being made. */
  CONNECTING,
  /** The connection was lost a moment ago and is being made again; the rows may be old. */
  RECONNECTING,
  /** Nothing has come from the server for {@link LiveClientConfig#offlineAfter}. */
  OFFLINE,
  /** The server has refused the question for good. */
  FAILED,
  /** Closed by its owner. */
  CLOSED
}
