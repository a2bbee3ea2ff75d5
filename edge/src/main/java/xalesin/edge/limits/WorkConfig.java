package xalesin.edge.limits;

import java.time.Duration;
import xalesin.edge.RouteClass;
import xalesin.schemas.config.Settings;

/**
 * How much is worked on at once. A tenant never has more than half of a class's places to work, nor
 * more than half of all its places, waiting ones included.
 *
 * @param patience longest wait for a place to work
 */
public record WorkConfig(
    Places command, Places read, Places search, Places live, Duration patience) {
  private static final int MAX_PLACES = 1_000_000;

  /**
   * Of one class.
   *
   * @param working requests worked on at once
   * @param waiting requests that may wait until one of those is done
   */
  public record Places(int working, int waiting) {
    public Places {
      if (working < 1 || working > MAX_PLACES || waiting < 0 || waiting > MAX_PLACES) {
        throw new IllegalArgumentException("places must be from 1 to " + MAX_PLACES);
      }
    }
  }

  /**
   * Commands wait in their lane's queue, so the door only bounds how many there are. A read is done
   * in a millisecond, but its answer may take a megabyte meanwhile: few at once, many waiting.
   */
  public static final WorkConfig USUAL =
      new WorkConfig(
          new Places(2_048, 0),
          new Places(256, 2_048),
          new Places(64, 512),
          new Places(256, 256),
          Duration.ofSeconds(2));

  public WorkConfig {
    if (!patience.isPositive()) {
      throw new IllegalArgumentException("patience must be positive");
    }
  }

  Places of(RouteClass routeClass) {
    return switch (routeClass) {
      case COMMAND -> command;
      case READ -> read;
      case SEARCH -> search;
      case LIVE -> live;
    };
  }

  /** Of a service's own main, from `XALESIN_…`. */
  public static WorkConfig read(Settings settings) {
    WorkConfig preset = USUAL;
    return new WorkConfig(
        places(settings, "COMMANDS", preset.command, "commands"),
        places(settings, "READS", preset.read, "reads"),
        places(settings, "SEARCHES", preset.search, "searches"),
        places(settings, "LIVE", preset.live, "live connections being opened"),
        settings.duration(
            "XALESIN_WORK_PATIENCE",
            preset.patience,
            Duration.ofMillis(1),
            Duration.ofMinutes(1),
            "Longest wait for a place to work"));
  }

  private static Places places(Settings settings, String key, Places preset, String what) {
    return new Places(
        settings.integer(
            "XALESIN_WORK_" + key,
            preset.working,
            1,
            MAX_PLACES,
            what,
            "Most " + what + " worked on at once"),
        settings.integer(
            "XALESIN_WAITING_" + key,
            preset.waiting,
            0,
            MAX_PLACES,
            what,
            "Most " + what + " that wait for a place"));
  }
}
