package xalesin.bench.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import xalesin.bench.load.Answer;
import xalesin.bench.load.RequestBuffer;
import xalesin.bench.load.Script;

/**
 * The items of a benchmark, spread evenly over tenants and categories; ids, SKUs and texts follow
 * from the seed and the start time. Immutable.
 *
 * @param tenants at least one
 * @param items of all tenants, tenant by tenant
 * @param perCategory items in each category of each tenant
 */
public record Catalog(List<Tenant> tenants, List<Item> items, int perCategory) {
  /** Where the stock of every item lies. */
  static final String LOCATION = "main";

  /** Received at first, so that no issue of any run finds too little. */
  private static final String FIRST_STOCK = "1000000";

  private static final String RESOURCE = "/api/inventory-items";

  private static final List<String> KINDS =
      List.of("Bolt", "Bearing", "Hinge", "Valve", "Gasket", "Cable", "Sensor", "Bracket");
  private static final List<String> MATERIALS =
      List.of("steel", "brass", "zinc-plated", "stainless", "nylon", "copper", "aluminium");

  public static Catalog of(
      List<Tenant> tenants, int itemsPerTenant, int perCategory, long seed, long epochMillis) {
    SplittableRandom random = new SplittableRandom(seed);
    String run = Long.toString(epochMillis, 36);
    List<Item> items = new ArrayList<>(tenants.size() * itemsPerTenant);
    for (Tenant tenant : tenants) {
      for (int i = 0; i < itemsPerTenant; i++) {
        String id = Uuid7.of(epochMillis, random).toString();
        String sku = "B-" + run + "-" + i;
        String category = "bench-" + run + "-" + i / perCategory;
        items.add(new Item(tenant, id, sku, category, RESOURCE + "/" + id));
      }
    }
    return new Catalog(List.copyOf(tenants), List.copyOf(items), perCategory);
  }

  /** Any item. */
  Item any(SplittableRandom random) {
    return items.get(random.nextInt(items.size()));
  }

  /** Exchanges that create each item once and receive its first stock, over all connections. */
  public Script.Source creating() {
    AtomicInteger next = new AtomicInteger();
    return _ -> new Creation(next);
  }

  static void create(RequestBuffer request, Tenant tenant, String id, String sku, String category) {
    int number = Math.floorMod(id.hashCode(), 1_000_000);
    String kind = KINDS.get(number % KINDS.size());
    String material = MATERIALS.get(number % MATERIALS.size());
    String body =
        "{\"id\":\""
            + id
            + "\",\"sku\":\""
            + sku
            + "\",\"name\":\""
            + kind
            + " M"
            + number % 40
            + " "
            + material
            + "\",\"description\":\""
            + kind
            + ", "
            + material
            + ", size "
            + number % 40
            + ", packed by the hundred\",\"category\":\""
            + category
            + "\",\"unit\":\"each\",\"price\":{\"amount\":\""
            + number % 500
            + ".95"
            + "\",\"currency\":\"EUR\"},\"reorderLevel\":\""
            + number % 90
            + "\"}";
    request.post(RESOURCE, tenant.writeHeaders(), "", body.getBytes(UTF_8));
  }

  /** A receipt at the place where all stock lies. */
  public static void receive(RequestBuffer request, Item item, String quantity, int cents) {
    String body =
        "{\"quantity\":\""
            + quantity
            + "\",\"location\":\""
            + LOCATION
            + "\",\"unitCost\":{\"amount\":\""
            + cents / 100
            + "."
            + cents % 100 / 10
            + cents % 10
            + "\",\"currency\":\"EUR\"}}";
    request.post(item.path() + "/receive", item.tenant().writeHeaders(), "", body.getBytes(UTF_8));
  }

  static void changePrice(RequestBuffer request, Item item, String amount) {
    String body = "{\"price\":{\"amount\":\"" + amount + "\",\"currency\":\"EUR\"}}";
    request.post(
        item.path() + "/change-price", item.tenant().writeHeaders(), "", body.getBytes(UTF_8));
  }

  /** Creates the next item that nobody has taken, then receives its stock. */
  private final class Creation implements Script {
    private final AtomicInteger next;
    private int current;
    private boolean created;

    private Creation(AtomicInteger next) {
      this.next = next;
    }

    @Override
    public void begin(RequestBuffer request) {
      current = Math.floorMod(next.getAndIncrement(), items.size());
      created = false;
      Item item = items.get(current);
      create(request, item.tenant(), item.id(), item.sku(), item.category());
    }

    @Override
    public Next answered(Answer answer, RequestBuffer request, Run run) {
      if (answer.status() != (created ? 200 : 201)) {
        return Next.FAILED;
      }
      if (created) {
        return Next.DONE;
      }
      created = true;
      receive(request, items.get(current), FIRST_STOCK, 250);
      return Next.SEND;
    }
  }
}
