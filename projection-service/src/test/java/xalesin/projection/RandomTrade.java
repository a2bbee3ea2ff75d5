package xalesin.projection;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import xalesin.projection.RandomLedger.Happening;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.StreamName;
import xalesin.schemas.parties.PartyEvent.Activated;
import xalesin.schemas.parties.PartyEvent.Deactivated;
import xalesin.schemas.parties.PartyEvent.Details;
import xalesin.schemas.parties.PartyEvent.DetailsChanged;
import xalesin.schemas.parties.PartyEvent.Registered;
import xalesin.schemas.parties.PartyKind;

/** What could happen to a tenant's parties, sales orders and purchase orders. */
public final class RandomTrade {
  private static final int PARTIES = 4;
  private static final int ITEMS = 5;

  private final Random random;
  private final Supplier<UUID> ids;
  private final List<UUID> parties = new ArrayList<>();
  private final List<UUID> items = new ArrayList<>();
  public final List<RandomSale> sales = new ArrayList<>();
  public final List<RandomPurchase> purchases = new ArrayList<>();

  public RandomTrade(Random random, Supplier<UUID> ids) {
    this.random = random;
    this.ids = ids;
    for (int i = 0; i < ITEMS; i++) {
      items.add(ids.get());
    }
  }

  public Happening next(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    if (parties.size() < PARTIES) {
      parties.add(ids.get());
      return party(parties.getLast(), new Registered(details("New")));
    }
    Happening next = null;
    while (next == null) {
      next =
          switch (random.nextInt(12)) {
            case 0 -> changedParty();
            case 1 -> newSale(today);
            case 2 -> newPurchase(today);
            case 3, 4, 5 -> purchase();
            default -> sale();
          };
    }
    return next;
  }

  private static Happening party(UUID id, DomainEvent event) {
    return new Happening(new StreamName(StreamName.PARTIES, id), event);
  }

  private Happening changedParty() {
    UUID id = parties.get(random.nextInt(PARTIES));
    return party(
        id,
        switch (random.nextInt(3)) {
          case 0 -> new Activated();
          case 1 -> new Deactivated();
          default -> new DetailsChanged(details("Changed"));
        });
  }

  private Details details(String name) {
    return new Details(
        List.of(PartyKind.CUSTOMER, PartyKind.SUPPLIER),
        name + " " + random.nextInt(100),
        null,
        null,
        List.of(),
        List.of(),
        null,
        30,
        null);
  }

  private UUID anyParty() {
    return parties.get(random.nextInt(PARTIES));
  }

  private Happening newSale(LocalDate today) {
    RandomSale sale = new RandomSale(random, ids.get(), sales.size() + 1, today, items, anyParty());
    sales.add(sale);
    return of(sale, sale.placed());
  }

  private Happening newPurchase(LocalDate today) {
    UUID item = items.get(random.nextInt(ITEMS));
    RandomPurchase purchase =
        new RandomPurchase(random, ids.get(), purchases.size() + 1, today, item, anyParty());
    purchases.add(purchase);
    return of(purchase, purchase.placed());
  }

  private @Nullable Happening sale() {
    if (sales.isEmpty()) {
      return null;
    }
    RandomSale sale = sales.get(random.nextInt(sales.size()));
    DomainEvent event = sale.next(items);
    return event == null ? null : of(sale, event);
  }

  private @Nullable Happening purchase() {
    if (purchases.isEmpty()) {
      return null;
    }
    RandomPurchase purchase = purchases.get(random.nextInt(purchases.size()));
    DomainEvent event = purchase.next();
    return event == null ? null : of(purchase, event);
  }

  private static Happening of(RandomSale sale, DomainEvent event) {
    return new Happening(new StreamName(StreamName.SALES_ORDERS, sale.id), event);
  }

  private static Happening of(RandomPurchase purchase, DomainEvent event) {
    return new Happening(new StreamName(StreamName.PURCHASE_ORDERS, purchase.id), event);
  }
}
