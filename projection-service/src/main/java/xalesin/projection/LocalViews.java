package xalesin.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import xalesin.projection.search.TenantSearch;
import xalesin.projection.store.LocalStores;
import xalesin.projection.store.StoreReader;
import xalesin.projection.stream.AppliedWaiters;
import xalesin.projection.stream.LogProgress;
import xalesin.projection.stream.PartitionProgress;
import xalesin.projection.view.View;
import xalesin.schemas.Topics;

/** The views in this process's stores. Thread-safe. */
final class LocalViews implements Views {
  private final LocalStores stores;
  private final LogProgress progress;
  private final AppliedWaiters waiters;
  private final Supplier<ViewsState> state;

  LocalViews(
      LocalStores stores,
      LogProgress progress,
      AppliedWaiters waiters,
      Supplier<ViewsState> state) {
    this.stores = stores;
    this.progress = progress;
    this.waiters = waiters;
    this.state = state;
  }

  private StoreReader reader(String tenant) {
    int partition = Topics.partitionOf(tenant);
    StoreReader reader = stores.reader(partition);
    String missing = progress.of(partition).catchingUp();
    if (missing != null) {
      throw new ViewsUnavailableException(partition, "catching up, " + missing);
    }
    return reader;
  }

  @Override
  public TenantViews snapshot(String tenant) {
    return reader(tenant).snapshot(tenant);
  }

  @Override
  public TenantSearch search(String tenant) {
    return reader(tenant).search(tenant);
  }

  @Override
  public ViewSequences sequences(String tenant) {
    return reader(tenant).sequences(tenant);
  }

  @Override
  public Row row(String tenant, View<?> view, String id) {
    return reader(tenant).row(tenant, view, id);
  }

  @Override
  public boolean awaitApplied(String tenant, String stream, long version, Duration max)
      throws InterruptedException {
    if (isApplied(tenant, stream, version)) {
      return true;
    }
    return waiters.await(tenant, stream, version, max, () -> isApplied(tenant, stream, version));
  }

  private boolean isApplied(String tenant, String stream, long version) {
    return reader(tenant).applied(tenant, stream).version() >= version;
  }

  @Override
  public Freshness freshness(String tenant) {
    PartitionProgress partition = progress.of(Topics.partitionOf(tenant));
    long lag = partition.lag();
    Instant newest = sequences(tenant).newest();
    long current = partition.currentMillis();
    return new Freshness(
        newest, lag, current == PartitionProgress.UNKNOWN ? null : Instant.ofEpochMilli(current));
  }

  @Override
  public List<String> tenants() {
    List<String> tenants = new ArrayList<>();
    for (int partition : stores.readable()) {
      if (progress.of(partition).catchingUp() == null) {
        tenants.addAll(stores.reader(partition).tenants());
      }
    }
    tenants.sort(null);
    return tenants;
  }

  @Override
  public ViewsState state() {
    return state.get();
  }
}
