package xalesin.bench.inventory;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import xalesin.bench.load.Answer;
import xalesin.bench.load.RequestBuffer;
import xalesin.bench.load.Script;

/**
 * What a dashboard and its users do: of a hundred requests 70 lists of 50 rows, 20 single rows, 5
 * searches and 5 commands, each timed under its own name. A few tenants are much busier than the
 * others (Zipf). Not thread-safe: one per connection.
 */
public final class Mixed implements Script {
  public static final String LIST = "list";
  public static final String GET = "get";
  public static final String SEARCH = "search";
  public static final String COMMAND = "command";

  private static final String ITEMS = "/api/inventory-items";

  private final Catalog catalog;
  private final Zipf tenants;
  private final int perTenant;
  private final SplittableRandom random;
  private String kind = GET;

  private Mixed(Catalog catalog, int connection, long seed) {
    this.catalog = catalog;
    this.tenants = new Zipf(catalog.tenants().size());
    this.perTenant = catalog.items().size() / catalog.tenants().size();
    this.random = new SplittableRandom(seed * 31 + connection);
  }

  public static Script.Source source(Catalog catalog, long seed) {
    return connection -> new Mixed(catalog, connection, seed);
  }

  @Override
  public void begin(RequestBuffer request) {
    Item item = catalog.items().get(tenants.next(random) * perTenant + random.nextInt(perTenant));
    int draw = random.nextInt(100);
    if (draw < 70) {
      kind = LIST;
      request.get(ITEMS + list(item), item.tenant().readHeaders());
    } else if (draw < 90) {
      kind = GET;
      request.get(item.path(), item.tenant().readHeaders());
    } else if (draw < 95) {
      kind = SEARCH;
      request.get(Search.path(random), item.tenant().readHeaders());
    } else {
      kind = COMMAND;
      Catalog.receive(request, item, Integer.toString(1 + random.nextInt(9)), 250);
    }
  }

  private String list(Item item) {
    return switch (random.nextInt(3)) {
      case 0 -> "?category=" + item.category() + "&limit=50";
      case 1 -> "?category=" + item.category() + "&status=active&limit=50";
      default -> "?status=active&limit=50";
    };
  }

  @Override
  public Next answered(Answer answer, RequestBuffer request, Run run) {
    long began = Math.min(run.intendedNanos(), run.sentNanos());
    run.record(kind, Math.max(run.answeredNanos() - began, TimeUnit.MICROSECONDS.toNanos(1)));
    return answer.status() == 200 ? Next.DONE : Next.FAILED;
  }
}
