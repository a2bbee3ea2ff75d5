package xalesin.bench.inventory;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import xalesin.bench.load.Answer;
import xalesin.bench.load.RequestBuffer;
import xalesin.bench.load.Script;

/**
 * Looks for stale reads: writes to an item, then reads it by one of the ways there are, with the
 * write's token, and expects to find the written version or a later one. The counts are shared by
 * all connections and thread-safe.
 */
public final class ReadYourWrites {
  private static final int MAX_EXAMPLES = 10;
  private static final String ITEMS = "/api/inventory-items";
  private static final String WAIT = "Prefer: wait=30\r\nConsistency-Token: ";
  private static final byte[] VERSION = "\"version\":".getBytes(US_ASCII);

  private final Catalog catalog;
  private final AtomicLong checked = new AtomicLong();
  private final AtomicLong stale = new AtomicLong();
  private final Queue<String> examples = new ConcurrentLinkedQueue<>();

  /**
   * @param catalog with at most 50 items in a category, so that a page holds all of it
   */
  public ReadYourWrites(Catalog catalog) {
    if (catalog.perCategory() > 50) {
      throw new IllegalArgumentException("a category must fit a page of 50 rows");
    }
    this.catalog = catalog;
  }

  public long checked() {
    return checked.get();
  }

  public long stale() {
    return stale.get();
  }

  /** Some stale reads in full. */
  public List<String> examples() {
    return List.copyOf(examples);
  }

  public Script.Source source(long seed, long epochMillis) {
    return connection -> new Check(connection, seed, epochMillis);
  }

  private final class Check implements Script {
    private final CommandMix commands;
    private final SplittableRandom random;
    private boolean reading;
    private long version;
    private String path = "";

    private Check(int connection, long seed, long epochMillis) {
      commands = CommandMix.of(catalog, connection, seed, epochMillis);
      random = new SplittableRandom(seed * 37 + connection);
    }

    @Override
    public void begin(RequestBuffer request) {
      reading = false;
      commands.begin(request);
    }

    @Override
    public Next answered(Answer answer, RequestBuffer request, Run run) {
      if (reading) {
        return check(answer);
      }
      String token = answer.header("Consistency-Token");
      version = CommandThenRead.versionOf(answer);
      if (commands.answered(answer, request, run) == Next.FAILED || token == null || version < 1) {
        return Next.FAILED;
      }
      reading = true;
      path = path(commands.target());
      request.get(path, commands.target().tenant().readHeaders(), WAIT + token + "\r\n");
      return Next.SEND;
    }

    private String path(Item item) {
      // New items share one large category, sorted newest first: they are on its first page.
      return switch (random.nextInt(6)) {
        case 0, 1 -> item.path();
        case 2 -> ITEMS + "?id=" + catalog.any(random).id() + "&id=" + item.id();
        case 3 -> ITEMS + "?sku=" + item.sku();
        case 4 -> ITEMS + "?category=" + item.category() + "&limit=50";
        default -> ITEMS + "?status=active&limit=50";
      };
    }

    private Next check(Answer answer) {
      if (answer.status() != 200) {
        return Next.FAILED;
      }
      checked.incrementAndGet();
      byte[] id = ("\"id\":\"" + commands.target().id() + "\"").getBytes(US_ASCII);
      int row = answer.indexInBody(id, 0);
      int at = row < 0 ? -1 : answer.indexInBody(VERSION, row);
      long seen = at < 0 ? -1 : answer.numberInBody(at + VERSION.length);
      if (seen < version) {
        stale.incrementAndGet();
        if (examples.size() < MAX_EXAMPLES) {
          examples.add(path + " showed " + seen + " instead of " + version + ": " + answer.body());
        }
      }
      return Next.DONE;
    }
  }
}
