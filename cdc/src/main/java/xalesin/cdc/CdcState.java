package xalesin.cdc;

import java.util.Locale;

/** Where a cdc process stands. */
public enum CdcState {
  /** Another process publishes; this one waits to take over. */
  STANDBY,
  /** It leads and is connecting. */
  STARTING,
  /** It publishes what the WAL held when it began. */
  CATCHING_UP,
  /** It publishes, and nothing is left of what the WAL held when it began. */
  ACTIVE,
  /** Something cannot be reached; it will try again. */
  WAITING,
  /** Going on would lose or double events; a person has to look. */
  FAILED,
  /** It was closed. */
  STOPPED;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
