package xalesin.bench.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import xalesin.bench.load.Answer;
import xalesin.bench.load.RequestBuffer;
import xalesin.bench.load.Script;

/**
 * The commands of one connection: of a hundred, about 30 receipts, 25 issues, 15 reservations and
 * their releases, 5 adjustments, 5 price changes and 5 new items, on items drawn evenly from all
 * tenants. Not thread-safe: one per connection.
 */
public final class CommandMix implements Script {
  /** Reservations held open by one connection before it must release one. */
  private static final int MAX_RESERVATIONS = 20;

  private final Catalog catalog;
  private final SplittableRandom random;
  private final Deque<Reservation> reservations = new ArrayDeque<>();
  private final String name;
  private final long epochMillis;
  private long count;
  private Item target;

  private record Reservation(Item item, String reference) {}

  private CommandMix(Catalog catalog, int connection, long seed, long epochMillis) {
    this.catalog = catalog;
    this.random = new SplittableRandom(seed * 31 + connection);
    this.epochMillis = epochMillis;
    this.name = Long.toString(epochMillis, 36) + "-" + connection;
    this.target = catalog.items().getFirst();
  }

  /**
   * @param epochMillis part of the names of what is created, so that runs do not clash
   */
  public static CommandMix of(Catalog catalog, int connection, long seed, long epochMillis) {
    return new CommandMix(catalog, connection, seed, epochMillis);
  }

  public static Script.Source source(Catalog catalog, long seed, long epochMillis) {
    return connection -> of(catalog, connection, seed, epochMillis);
  }

  /** The item that the last command was for. */
  Item target() {
    return target;
  }

  @Override
  public void begin(RequestBuffer request) {
    count++;
    int draw = random.nextInt(100);
    target = catalog.any(random);
    if (draw < 30) {
      Catalog.receive(request, target, Integer.toString(1 + draw), 200 + random.nextInt(100));
    } else if (draw < 55) {
      verb(request, "/issue", "1", ",\"reason\":\"sold\"");
    } else if (draw < 70 && reservations.size() < MAX_RESERVATIONS) {
      reserve(request);
    } else if (draw < 85 && !reservations.isEmpty()) {
      release(request);
    } else if (draw < 90) {
      verb(request, "/adjust", random.nextBoolean() ? "1" : "-1", ",\"reason\":\"counted\"");
    } else if (draw < 95) {
      changePrice(request);
    } else {
      create(request);
    }
  }

  private void reserve(RequestBuffer request) {
    Reservation reservation = new Reservation(target, "R-" + name + "-" + count);
    reservations.add(reservation);
    verb(request, "/reserve", "1", ",\"reference\":\"" + reservation.reference() + "\"");
  }

  private void release(RequestBuffer request) {
    Reservation reservation = reservations.remove();
    target = reservation.item();
    verb(request, "/release", "1", ",\"reference\":\"" + reservation.reference() + "\"");
  }

  private void verb(RequestBuffer request, String verb, String quantity, String more) {
    String body =
        "{\"quantity\":\"" + quantity + "\",\"location\":\"" + Catalog.LOCATION + "\"" + more + "}";
    request.post(target.path() + verb, target.tenant().writeHeaders(), "", body.getBytes(UTF_8));
  }

  private void changePrice(RequestBuffer request) {
    // The count makes it differ from the price before: a change that changes nothing is no event.
    String amount = count % 10_000 + "." + (10 + random.nextInt(90));
    Catalog.changePrice(request, target, amount);
  }

  private void create(RequestBuffer request) {
    String id = Uuid7.of(epochMillis, random).toString();
    String sku = "N-" + name + "-" + count;
    Tenant tenant = target.tenant();
    target = new Item(tenant, id, sku, "bench-new", "/api/inventory-items/" + id);
    Catalog.create(request, tenant, id, sku, target.category());
  }

  @Override
  public Next answered(Answer answer, RequestBuffer request, Run run) {
    return answer.status() == 200 || answer.status() == 201 ? Next.DONE : Next.FAILED;
  }
}
