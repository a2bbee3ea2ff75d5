package xalesin.bench.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import xalesin.bench.load.Answer;
import xalesin.bench.load.RequestBuffer;
import xalesin.bench.load.Script;

/**
 * What people look at all day: lists of all kinds and the overview, of a few tenants much more
 * often than of others, and of their lists a few much more often than others (Zipf); and now and
 * then a command, a receipt or a new price. Not thread-safe: one per connection.
 */
public final class ReadMostly implements Script {
  /** One in so many requests is a command. */
  public static final int COMMAND_EVERY = 100;

  private static final List<String> OTHERS =
      List.of(
          "/api/overview?today=2026-11-22",
          "/api/sales-orders?limit=50",
          "/api/sales-orders?status=confirmed&limit=50",
          "/api/parties?limit=50",
          "/api/stock-movements?limit=50",
          "/api/sales-orders?status=shipped&limit=50",
          "/api/purchase-orders?limit=50",
          "/api/receivables?limit=50",
          "/api/accounts?sort=code&limit=50",
          "/api/financial-transactions?limit=50",
          "/api/low-stock?limit=50",
          "/api/audit-logs?limit=50");

  private final Catalog catalog;
  private final Zipf tenants;
  private final Zipf lists;
  private final List<List<String>> byTenant;
  private final int perTenant;
  private final SplittableRandom random;
  private long count;

  private ReadMostly(Catalog catalog, List<List<String>> byTenant, int connection, long seed) {
    this.catalog = catalog;
    this.byTenant = byTenant;
    this.tenants = new Zipf(catalog.tenants().size());
    this.lists = new Zipf(byTenant.getFirst().size());
    this.perTenant = catalog.items().size() / catalog.tenants().size();
    this.random = new SplittableRandom(seed * 31 + connection);
  }

  public static Script.Source source(Catalog catalog, long seed) {
    int perTenant = catalog.items().size() / catalog.tenants().size();
    List<List<String>> byTenant = new ArrayList<>();
    for (int tenant = 0; tenant < catalog.tenants().size(); tenant++) {
      int from = tenant * perTenant;
      byTenant.add(lists(catalog.items().subList(from, from + perTenant)));
    }
    return connection -> new ReadMostly(catalog, byTenant, connection, seed);
  }

  /** Lists of items and other lists in turn, the most looked at first. */
  private static List<String> lists(List<Item> items) {
    String resource = "/api/inventory-items";
    List<String> ofItems = new ArrayList<>();
    ofItems.add(resource + "?status=active&limit=50");
    for (String category : items.stream().map(Item::category).distinct().toList()) {
      ofItems.add(resource + "?category=" + category + "&limit=50");
      ofItems.add(resource + "?category=" + category + "&status=active&limit=50");
    }
    List<String> lists = new ArrayList<>();
    for (int i = 0; i < Math.max(ofItems.size(), OTHERS.size()); i++) {
      if (i < ofItems.size()) {
        lists.add(ofItems.get(i));
      }
      if (i < OTHERS.size()) {
        lists.add(OTHERS.get(i));
      }
    }
    return lists;
  }

  @Override
  public void begin(RequestBuffer request) {
    count++;
    int tenant = tenants.next(random);
    if (random.nextInt(COMMAND_EVERY) > 0) {
      request.get(
          byTenant.get(tenant).get(lists.next(random)),
          catalog.tenants().get(tenant).readHeaders());
      return;
    }
    Item item = catalog.items().get(tenant * perTenant + random.nextInt(perTenant));
    if (random.nextBoolean()) {
      Catalog.receive(request, item, "1", 250);
    } else {
      // The count makes it differ from the price before.
      Catalog.changePrice(request, item, count % 10_000 + "." + (10 + random.nextInt(90)));
    }
  }

  @Override
  public Next answered(Answer answer, RequestBuffer request, Run run) {
    return answer.status() == 200 ? Next.DONE : Next.FAILED;
  }
}
