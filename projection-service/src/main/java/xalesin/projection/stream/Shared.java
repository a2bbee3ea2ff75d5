package xalesin.projection.stream;

import java.time.InstantSource;
import java.util.List;
import xalesin.projection.changes.ChangeFeed;
import xalesin.projection.store.IndexedViews;
import xalesin.projection.store.LocalStores;
import xalesin.projection.store.SharedMemory;
import xalesin.projection.view.View;

/** What the tasks of a process have in common. All parts are thread-safe. */
public record Shared(
    List<View<?>> views,
    IndexedViews indexed,
    SharedMemory memory,
    LocalStores stores,
    LogProgress progress,
    AppliedWaiters waiters,
    ChangeFeed changes,
    ApplyMetrics metrics,
    InstantSource clock) {}
