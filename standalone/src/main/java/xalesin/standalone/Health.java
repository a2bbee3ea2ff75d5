package xalesin.standalone;

import xalesin.cdc.CdcHealth;
import xalesin.cdc.CdcService;
import xalesin.edge.HealthCheck;

/** The health of what does not know the management door. */
final class Health {
  private Health() {}

  static HealthCheck ofCdc(CdcService cdc) {
    return new HealthCheck(
        "cdc",
        () -> {
          CdcHealth health = cdc.health();
          return new HealthCheck.Status(health.ready(), health.reason());
        });
  }
}
