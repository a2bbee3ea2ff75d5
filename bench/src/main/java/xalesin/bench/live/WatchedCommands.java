package xalesin.bench.live;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import xalesin.bench.inventory.Catalog;
import xalesin.bench.inventory.CommandThenRead;
import xalesin.bench.load.Answer;
import xalesin.bench.load.RequestBuffer;
import xalesin.bench.load.Script;

/**
 * Receipts of one piece each for items that are followed, of tenants drawn evenly. Not thread-safe:
 * one per connection.
 */
public final class WatchedCommands implements Script {
  private static final int CENTS = 250;

  private final List<Audience> audiences;
  private final SplittableRandom random;
  private @Nullable Watched target;

  private WatchedCommands(List<Audience> audiences, SplittableRandom random) {
    this.audiences = audiences;
    this.random = random;
  }

  public static Script.Source source(List<Audience> audiences, long seed) {
    return connection ->
        new WatchedCommands(audiences, new SplittableRandom(seed * 31 + connection));
  }

  @Override
  public void begin(RequestBuffer request) {
    int first = random.nextInt(audiences.size());
    for (int i = 0; i < audiences.size(); i++) {
      Watched free = audiences.get((first + i) % audiences.size()).begin(random);
      if (free != null) {
        target = free;
        Catalog.receive(request, free.item(), "1", CENTS);
        return;
      }
    }
    throw new IllegalStateException("no item is left that no command is under way for");
  }

  @Override
  public Next answered(Answer answer, RequestBuffer request, Run run) {
    Watched item = target;
    if (item == null) {
      throw new IllegalStateException("an answer that nothing asked for");
    }
    target = null;
    if (answer.status() != 200) {
      item.audience().failed(item);
      return Next.FAILED;
    }
    long version = CommandThenRead.versionOf(answer);
    return item.audience().answered(item, version, run.answeredNanos()) ? Next.DONE : Next.FAILED;
  }
}
