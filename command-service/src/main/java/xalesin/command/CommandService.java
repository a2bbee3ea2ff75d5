package xalesin.command;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import xalesin.command.decision.Aggregate;
import xalesin.command.finance.AccountDecider;
import xalesin.command.finance.FinancialTransactionDecider;
import xalesin.command.handling.Aggregates;
import xalesin.command.handling.CommandHandler;
import xalesin.command.http.CommandRoutes;
import xalesin.command.inventory.InventoryItemDecider;
import xalesin.command.parties.Credit;
import xalesin.command.parties.PartyDecider;
import xalesin.command.purchasing.PurchaseOrderDecider;
import xalesin.command.sales.SalesOrderDecider;
import xalesin.command.settings.DefaultCompany;
import xalesin.command.settings.TenantSettingsDecider;
import xalesin.command.store.EventStore;
import xalesin.edge.HealthCheck;
import xalesin.edge.Route;

/**
 * Commands over HTTP, decided and appended to the event table. Thread-safe. Several services may
 * work on the same database: they notice each other by the versions. What was answered with success
 * is durable; closing settles what has been taken in.
 */
public final class CommandService implements AutoCloseable {
  /** Every kind of thing that takes commands. */
  public static final List<Aggregate<?, ?, ?>> AGGREGATES =
      List.of(
          TenantSettingsDecider.AGGREGATE,
          AccountDecider.AGGREGATE,
          FinancialTransactionDecider.AGGREGATE,
          InventoryItemDecider.AGGREGATE,
          PartyDecider.AGGREGATE,
          Credit.AGGREGATE,
          SalesOrderDecider.AGGREGATE,
          PurchaseOrderDecider.AGGREGATE);

  private final EventStore store;
  private final CommandHandler handler;
  private final Housekeeping housekeeping;
  private final List<Route> routes;

  private CommandService(CommandConfig config, EventStore store, MeterRegistry registry) {
    Aggregates aggregates = new Aggregates(AGGREGATES, DefaultCompany.FOUNDING);
    this.store = store;
    this.handler =
        new CommandHandler(
            store,
            aggregates,
            config.lanes(),
            config.queueCapacity(),
            config.patience(),
            config.cacheWeight(),
            registry);
    this.housekeeping = new Housekeeping(store, config.keepAnswers(), config.forgetEvery());
    this.routes = new CommandRoutes(aggregates, handler, InstantSource.system()).routes();
  }

  /** Brings the schema up to date and starts. Waits about a minute for PostgreSQL. */
  public static CommandService start(CommandConfig config, MeterRegistry registry) {
    return new CommandService(config, EventStore.open(config.store()), registry);
  }

  /** For an HTTP door. */
  public List<Route> routes() {
    return routes;
  }

  public HealthCheck health() {
    return new HealthCheck("commands", this::status);
  }

  private HealthCheck.Status status() {
    if (!handler.isRunning()) {
      return HealthCheck.down("a lane has ended");
    }
    return store.isAnswering() ? HealthCheck.up() : HealthCheck.down("PostgreSQL does not answer");
  }

  @Override
  public void close() {
    handler.close();
    housekeeping.close();
    store.close();
  }
}
