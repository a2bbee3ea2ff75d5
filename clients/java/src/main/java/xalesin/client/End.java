package xalesin.client;

import java.time.Duration;

/** Why a connection ended, and when the next may be made. */
sealed interface End {
  /** It broke, or never came about: again after a while. */
  record Lost() implements End {}

  /**
   * The server wants none before that.
   *
   * @param pause at least so long from now
   */
  record NotBefore(Duration pause) implements End {}

  /** The next may succeed where this one did not. */
  record AtOnce() implements End {}

  /** Each would end like this one. */
  record Refused(LiveException reason) implements End {}
}
