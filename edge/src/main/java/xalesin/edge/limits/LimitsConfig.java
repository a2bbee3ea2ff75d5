package xalesin.edge.limits;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.config.Settings;

/**
 * How callers are limited.
 *
 * @param enabled whether they are
 * @param policies those that hold where the file says nothing
 * @param file policies that may change while the program runs; null for none, and it need not exist
 * @param nodes among how many nodes the requests of one tenant are spread evenly
 * @param keys tenants, callers and addresses whose buckets are held, so many of each kind; one
 *     takes half a kilobyte or so
 * @param trustedProxies addresses and blocks whose `X-Forwarded-For` is believed
 */
public record LimitsConfig(
    boolean enabled,
    Policies policies,
    @Nullable Path file,
    int nodes,
    int keys,
    List<String> trustedProxies) {
  private static final int MAX_NODES = 1_000;
  private static final int MAX_KEYS = 10_000_000;

  /** How often the file is looked at. */
  static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** Far above what a node of some cores serves: they end runaways, not use. */
  public static final LimitsConfig GENEROUS =
      new LimitsConfig(
          true,
          new Policies(
              new ClassPolicies(
                  new Policy(200_000, 10),
                  new Policy(2_000_000, 10),
                  new Policy(200_000, 10),
                  new Policy(20_000, 10)),
              new ClassPolicies(
                  new Policy(100_000, 10),
                  new Policy(1_000_000, 10),
                  new Policy(100_000, 10),
                  new Policy(10_000, 10)),
              new Policy(10_000, 10),
              Map.of()),
          null,
          1,
          20_000,
          List.of());

  public LimitsConfig {
    if (nodes < 1 || nodes > MAX_NODES) {
      throw new IllegalArgumentException("nodes must be from 1 to " + MAX_NODES);
    }
    if (keys < 1 || keys > MAX_KEYS) {
      throw new IllegalArgumentException("keys must be from 1 to " + MAX_KEYS);
    }
    trustedProxies = List.copyOf(trustedProxies);
    TrustedProxies.of(trustedProxies);
    if (enabled) {
      new RuleBook(policies, nodes);
    }
  }

  public LimitsConfig withEnabled(boolean nowEnabled) {
    return new LimitsConfig(nowEnabled, policies, file, nodes, keys, trustedProxies);
  }

  public LimitsConfig withFile(Path newFile) {
    return new LimitsConfig(enabled, policies, newFile, nodes, keys, trustedProxies);
  }

  /** The policies given, and the usual ones for what they leave open. */
  public LimitsConfig withPolicies(Policies own) {
    return new LimitsConfig(enabled, own.or(policies), file, nodes, keys, trustedProxies);
  }

  public LimitsConfig withNodes(int newNodes) {
    return new LimitsConfig(enabled, policies, file, newNodes, keys, trustedProxies);
  }

  public LimitsConfig withKeys(int newKeys) {
    return new LimitsConfig(enabled, policies, file, nodes, newKeys, trustedProxies);
  }

  public LimitsConfig withTrustedProxies(String... blocks) {
    return new LimitsConfig(enabled, policies, file, nodes, keys, List.of(blocks));
  }

  /** Of a service's own main, from `XALESIN_…`. */
  public static LimitsConfig read(Settings settings) {
    LimitsConfig preset = GENEROUS;
    Policies usual = preset.policies;
    String file =
        settings.text(
            "XALESIN_LIMITS_FILE", "", "JSON file of policies, read again when it changes");
    return new LimitsConfig(
        settings.flag("XALESIN_LIMITS", preset.enabled, "Whether callers are limited"),
        new Policies(
            read(settings, "TENANT", "all callers of a tenant", Policies.or(null, usual.tenant())),
            read(settings, "CALLER", "one user of a tenant", Policies.or(null, usual.caller())),
            policy(
                settings,
                "ADDRESS",
                usual.address(),
                "requests without a good token of one client's address"),
            Map.of()),
        file.isEmpty() ? null : Path.of(file),
        settings.integer(
            "XALESIN_LIMITS_NODES",
            preset.nodes,
            1,
            MAX_NODES,
            "nodes",
            "Among how many nodes the requests of one tenant are spread evenly"),
        settings.integer(
            "XALESIN_LIMITS_KEYS",
            preset.keys,
            1,
            MAX_KEYS,
            "keys",
            "Most tenants, callers and addresses, so many of each, whose requests are counted"),
        settings.value(
            "XALESIN_TRUSTED_PROXIES",
            preset.trustedProxies,
            "",
            "comma list",
            "Addresses or blocks such as 10.0.0.0/8 whose X-Forwarded-For is believed",
            LimitsConfig::proxies));
  }

  private static List<String> proxies(String text) {
    List<String> blocks = List.of(text.split("\\s*,\\s*", -1));
    TrustedProxies.of(blocks);
    return blocks;
  }

  private static ClassPolicies read(
      Settings settings, String key, String whose, ClassPolicies preset) {
    return new ClassPolicies(
        policy(settings, key + "_COMMAND", preset.command(), "commands of " + whose),
        policy(settings, key + "_READ", preset.read(), "reads of " + whose),
        policy(settings, key + "_SEARCH", preset.search(), "searches of " + whose),
        policy(settings, key + "_LIVE", preset.live(), "live connections opened by " + whose));
  }

  private static Policy policy(
      Settings settings, String key, @Nullable Policy preset, String what) {
    Policy usual = Objects.requireNonNull(preset, "every class has a usual policy");
    return settings.value(
        "XALESIN_LIMIT_" + key,
        usual,
        usual.toString(),
        "requests/time, up to an hour",
        "Most " + what,
        Policy::parse);
  }
}
