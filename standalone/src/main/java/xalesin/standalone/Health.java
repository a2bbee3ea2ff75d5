package xalesin.standalone;

import xalesin.cdc.CdcHealth;
import xalesin.cdc.CdcService;
import xalesin.edge.HealthCheck;
import xalesin.projection.ProjectionService;
import xalesin.projection.ViewsState;

/** The health of the parts that do not know the management door. */
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

  static HealthCheck ofViews(ProjectionService projection) {
    return new HealthCheck(
        "views",
        () -> {
          ViewsState state = projection.views().state();
          return new HealthCheck.Status(
              state.status() == ViewsState.Status.RUNNING, String.join("; ", state.reasons()));
        });
  }
}
