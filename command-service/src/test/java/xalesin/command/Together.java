package xalesin.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Does things at the same moment. */
final class Together {
  private static final long PATIENCE_SECONDS = 180;

  private Together() {}

  /** Runs the n actions on threads of their own, begun together; their results in order. */
  static <T> List<T> run(int n, IntFunction<Callable<T>> action) throws Exception {
    CyclicBarrier start = new CyclicBarrier(n);
    List<Future<T>> futures = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < n; i++) {
        Callable<T> mine = action.apply(i);
        futures.add(
            threads.submit(
                () -> {
                  start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                  return mine.call();
                }));
      }
      return results(futures);
    }
  }

  private static <T> List<T> results(List<Future<T>> futures)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      results.add(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
    return results;
  }
}
