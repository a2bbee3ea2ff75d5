package xalesin.edge;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Who may stand behind a token, as a service is configured. Thread-safe. */
public final class Identity {
  private final TokenVerifier verifier;
  private final @Nullable KeyRing keys;

  private Identity(TokenVerifier verifier, @Nullable KeyRing keys) {
    this.verifier = verifier;
    this.keys = keys;
  }

  /**
   * Reads the keys. An issuer that does not answer is waited for in the running service, which is
   * not ready until then; a local key file that is not there throws.
   */
  public static Identity open(IdentityConfig config, MeterRegistry registry) {
    TokenRules rules =
        new TokenRules(
            config.audience(),
            config.issuer().isEmpty() ? null : config.issuer(),
            config.clockSkew());
    InstantSource clock = InstantSource.system();
    if (config.keySet().isEmpty()) {
      return new Identity(LocalKeys.load(config.keyFile()).verifier(rules, clock), null);
    }
    KeyRing keys =
        new KeyRing(
            KeySource.of(config.keySet()), config.refreshEvery(), System::nanoTime, registry);
    keys.fill();
    return new Identity(new KeySetVerifier(keys, rules, config.refreshEvery(), clock), keys);
  }

  public TokenVerifier verifier() {
    return verifier;
  }

  public HealthCheck health() {
    return new HealthCheck("identity", this::status);
  }

  private HealthCheck.Status status() {
    if (keys == null || keys.hasKeys()) {
      return HealthCheck.up();
    }
    keys.retry();
    return HealthCheck.down("the issuer's keys have not been read yet");
  }
}
