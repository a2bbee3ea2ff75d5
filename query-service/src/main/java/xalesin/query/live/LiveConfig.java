package xalesin.query.live;

import java.time.Duration;
import xalesin.edge.Origins;
import xalesin.schemas.config.Settings;

/**
 * How changes are pushed. Immutable.
 *
 * @param connectionsPerTenant most open at once; one more is refused with 429
 * @param connectionsPerCaller most of one user of a tenant
 * @param ping a comment goes out on a connection that has been quiet for so long
 * @param stall a connection that takes nothing for so long is broken off
 * @param origins whose pages may listen beside this host's own
 */
public record LiveConfig(
    int connectionsPerTenant,
    int connectionsPerCaller,
    Duration ping,
    Duration stall,
    Origins origins) {
  private static final int PER_TENANT = 2_000;
  private static final int PER_CALLER = 100;

  public LiveConfig {
    if (connectionsPerTenant < 1 || connectionsPerCaller < 1) {
      throw new IllegalArgumentException("connections must be positive");
    }
    if (!ping.isPositive() || !stall.isPositive()) {
      throw new IllegalArgumentException("ping and stall must be positive");
    }
  }

  /** The contract's times, and limits for a usual tenant. */
  public static LiveConfig standard() {
    return new LiveConfig(
        PER_TENANT, PER_CALLER, Duration.ofSeconds(15), Duration.ofSeconds(30), Origins.NONE);
  }

  /**
   * From `XALESIN_LIVE_…`.
   *
   * @param origins as the door has them: a setting is read once
   */
  public static LiveConfig read(Settings settings, Origins origins) {
    LiveConfig preset = standard();
    return new LiveConfig(
        settings.integer(
            "XALESIN_LIVE_CONNECTIONS_PER_TENANT",
            PER_TENANT,
            1,
            1_000_000,
            "connections",
            "Most live connections of one tenant"),
        settings.integer(
            "XALESIN_LIVE_CONNECTIONS_PER_CALLER",
            PER_CALLER,
            1,
            1_000_000,
            "connections",
            "Most live connections of one user"),
        preset.ping,
        preset.stall,
        origins);
  }

  public LiveConfig withConnections(int perTenant, int perCaller) {
    return new LiveConfig(perTenant, perCaller, ping, stall, origins);
  }

  public LiveConfig withTimes(Duration newPing, Duration newStall) {
    return new LiveConfig(connectionsPerTenant, connectionsPerCaller, newPing, newStall, origins);
  }
}
