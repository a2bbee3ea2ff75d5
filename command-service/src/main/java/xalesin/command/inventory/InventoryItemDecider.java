package xalesin.command.inventory;

import static xalesin.command.decision.Decision.accept;
import static xalesin.command.decision.Decision.nothingToDo;
import static xalesin.command.decision.Decision.refuse;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Aggregate;
import xalesin.command.decision.Claim;
import xalesin.command.decision.Decision;
import xalesin.command.inventory.InventoryItem.Live;
import xalesin.command.inventory.InventoryItem.Stock;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.StreamName;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.inventory.InventoryItemEvent;

/** The rules of an inventory item. Pure. */
public final class InventoryItemDecider {
  /** Bounds an item's row, which lists them. */
  static final int MAX_LOCATIONS = 1_000;

  /** Bounds an item's state in memory. */
  static final int MAX_RESERVATIONS = 10_000;

  /** One SKU names one item of a tenant. */
  static final String SKU = "sku";

  private static final BigDecimal QUANTITY_LIMIT = BigDecimal.TEN.pow(12);

  /** What the command handler needs to know of items. */
  public static final Aggregate<InventoryItem, InventoryItemCommand, InventoryItemEvent> AGGREGATE =
      new Aggregate<>(
          StreamName.INVENTORY_ITEMS,
          InventoryItemCommand.class,
          InventoryItemEvent.class,
          InventoryItem.NONE,
          InventoryItem::evolve,
          StockProcess::decide,
          InventoryItemDecider::claims,
          claim -> new InventoryItemRefusal.SkuTaken(claim.value()),
          InventoryItemDecider::weight);

  private InventoryItemDecider() {}

  public static Decision<InventoryItemEvent> decide(
      InventoryItemCommand command, InventoryItem state) {
    return switch (state) {
      case InventoryItem.None() ->
          command instanceof InventoryItemCommand.Create create
              ? accept(created(create))
              : refuse(new InventoryItemRefusal.NotFound());
      case InventoryItem.Deleted() ->
          command instanceof InventoryItemCommand.Create
              ? refuse(new InventoryItemRefusal.IdSpent())
              : refuse(new InventoryItemRefusal.Deleted());
      case Live item -> decide(command, item);
    };
  }

  private static Decision<InventoryItemEvent> decide(InventoryItemCommand command, Live item) {
    return switch (command) {
      case InventoryItemCommand.Create create ->
          created(create).equals(item.origin())
              ? nothingToDo()
              : refuse(new InventoryItemRefusal.AlreadyExists());
      case InventoryItemCommand.ChangeDetails change -> changeDetails(change, item);
      case InventoryItemCommand.ChangePrice(var price) ->
          price.equals(item.price())
              ? nothingToDo()
              : accept(new InventoryItemEvent.PriceChanged(price, item.price()));
      case InventoryItemCommand.Activate() ->
          item.active() ? nothingToDo() : accept(new InventoryItemEvent.Activated());
      case InventoryItemCommand.Deactivate() ->
          item.active() ? accept(new InventoryItemEvent.Deactivated()) : nothingToDo();
      case InventoryItemCommand.Delete() ->
          item.onHand().isZero() && item.reserved().isZero()
              ? accept(new InventoryItemEvent.Deleted(item.details().sku()))
              : refuse(new InventoryItemRefusal.HasStock(item.onHand(), item.reserved()));
      case InventoryItemCommand.Receive receive -> receive(receive, item);
      case InventoryItemCommand.Issue issue -> issue(issue, item);
      case InventoryItemCommand.Transfer transfer -> transfer(transfer, item);
      case InventoryItemCommand.Adjust adjust -> adjust(adjust, item);
      case InventoryItemCommand.Reserve reserve -> reserve(reserve, item);
      case InventoryItemCommand.Release release -> release(release, item);
    };
  }

  /** The command's own constructor has put the defaults where nothing was given. */
  private static InventoryItemEvent.Created created(InventoryItemCommand.Create command) {
    return new InventoryItemEvent.Created(
        command.sku(),
        command.name(),
        given(command.description(), ""),
        given(command.category(), InventoryItemCommand.Create.NO_CATEGORY),
        given(command.unit(), InventoryItemCommand.Create.NO_UNIT),
        command.price(),
        given(command.reorderLevel(), Quantity.ZERO),
        given(command.allowBackorder(), Boolean.FALSE));
  }

  private static Decision<InventoryItemEvent> changeDetails(
      InventoryItemCommand.ChangeDetails change, Live item) {
    InventoryItemEvent.DetailsChanged now = item.details();
    InventoryItemEvent.DetailsChanged then =
        new InventoryItemEvent.DetailsChanged(
            given(change.sku(), now.sku()),
            given(change.name(), now.name()),
            given(change.description(), now.description()),
            given(change.category(), now.category()),
            given(change.unit(), now.unit()),
            given(change.reorderLevel(), now.reorderLevel()),
            given(change.allowBackorder(), now.allowBackorder()));
    if (now.equals(then)) {
      return nothingToDo();
    }
    if (now.allowBackorder() && !then.allowBackorder()) {
      for (var entry : item.locations().entries()) {
        Quantity available = entry.getValue().available();
        if (available.signum() < 0) {
          return refuse(new InventoryItemRefusal.OpenBackorders(entry.getKey(), available));
        }
      }
    }
    return accept(then);
  }

  private static Decision<InventoryItemEvent> receive(
      InventoryItemCommand.Receive command, Live item) {
    return receive(item, command.location(), command.quantity(), command.unitCost(), null);
  }

  /**
   * Goods come in at a cost.
   *
   * @param reference the document that they come with, or null
   */
  static Decision<InventoryItemEvent> receive(
      Live item, String location, Quantity quantity, Money unitCost, @Nullable String reference) {
    return receive(item, location, quantity, unitCost, null, reference);
  }

  /**
   * @param value known by other means; null when it is that of so many at the unit's cost
   */
  private static Decision<InventoryItemEvent> receive(
      Live item,
      String location,
      Quantity quantity,
      Money unitCost,
      @Nullable Money value,
      @Nullable String reference) {
    Money average = item.averageCost();
    if (average != null && !average.currency().equals(unitCost.currency())) {
      return refuse(
          new InventoryItemRefusal.CurrencyMismatch(average.currency(), unitCost.currency()));
    }
    InventoryItemRefusal limit = limitOfArrival(item, location, quantity);
    if (limit == null) {
      limit = limitOfValue(item, quantity, unitCost);
    }
    if (limit != null) {
      return refuse(limit);
    }
    return accept(
        new InventoryItemEvent.StockReceived(
            location,
            quantity,
            unitCost,
            averageCost(item.onHand(), average, quantity, unitCost),
            value == null ? Valuation.received(item, quantity, unitCost) : value,
            reference));
  }

  /**
   * Goods come back that had left: they are worth again, to the smallest unit, what they were.
   *
   * @param value of all of them; null when they had no cost
   * @param reference the document with which they come back
   */
  static Decision<InventoryItemEvent> takeBack(
      Live item, String location, Quantity quantity, @Nullable Money value, String reference) {
    Money average = item.averageCost();
    Money worth = value == null && average != null ? Money.zero(average.currency()) : value;
    if (worth == null) {
      InventoryItemRefusal limit = limitOfArrival(item, location, quantity);
      return limit != null
          ? refuse(limit)
          : accept(new InventoryItemEvent.StockAdjusted(location, quantity, reference, null, null));
    }
    BigDecimal unitCost =
        worth.amount().divide(quantity.value(), Money.MAX_SCALE, RoundingMode.HALF_UP);
    return receive(
        item, location, quantity, new Money(unitCost, worth.currency()), worth, reference);
  }

  /**
   * The moving average over all locations: what was there at its average and what came at its cost,
   * each weighted by its quantity. What was there without ever having had a cost (only adjusted in)
   * takes the first cost; so does what was sold before it came.
   */
  static Money averageCost(
      Quantity onHand, @Nullable Money average, Quantity received, Money unitCost) {
    if (average == null || onHand.signum() <= 0) {
      return unitCost;
    }
    BigDecimal before = onHand.value().multiply(average.amount());
    BigDecimal came = received.value().multiply(unitCost.amount());
    BigDecimal units = onHand.value().add(received.value());
    return new Money(
        before.add(came).divide(units, Money.MAX_SCALE, RoundingMode.HALF_UP), unitCost.currency());
  }

  private static Decision<InventoryItemEvent> issue(InventoryItemCommand.Issue command, Live item) {
    return issue(item, command.location(), command.quantity(), command.reason(), null);
  }

  /**
   * Goods go out at their average cost.
   *
   * @param reference the document for which they leave, or null
   */
  static Decision<InventoryItemEvent> issue(
      Live item, String location, Quantity quantity, String reason, @Nullable String reference) {
    InventoryItemRefusal lack = lackOf(quantity, location, item);
    return lack != null
        ? refuse(lack)
        : accept(
            new InventoryItemEvent.StockIssued(
                location,
                quantity,
                reason,
                item.averageCost(),
                Valuation.issued(item, quantity),
                reference));
  }

  private static Decision<InventoryItemEvent> transfer(
      InventoryItemCommand.Transfer command, Live item) {
    InventoryItemRefusal lack = lackOf(command.quantity(), command.from(), item);
    if (lack != null) {
      return refuse(lack);
    }
    return isNewLocationTooMany(item, command.to())
        ? refuse(new InventoryItemRefusal.TooManyLocations(MAX_LOCATIONS))
        : accept(
            new InventoryItemEvent.StockTransferred(
                command.from(), command.to(), command.quantity()));
  }

  private static Decision<InventoryItemEvent> adjust(
      InventoryItemCommand.Adjust command, Live item) {
    Quantity change = command.quantity();
    InventoryItemRefusal refusal =
        change.signum() > 0
            ? limitOfFind(item, command.location(), change)
            : lackOf(change.negated(), command.location(), item);
    return refusal != null
        ? refuse(refusal)
        : accept(
            new InventoryItemEvent.StockAdjusted(
                command.location(),
                change,
                command.reason(),
                item.averageCost(),
                Valuation.adjusted(item, change)));
  }

  private static Decision<InventoryItemEvent> reserve(
      InventoryItemCommand.Reserve command, Live item) {
    if (!item.active()) {
      return refuse(new InventoryItemRefusal.Inactive(item.details().sku()));
    }
    Stock stock = item.at(command.location());
    if (!item.details().allowBackorder() && stock.available().isLessThan(command.quantity())) {
      return refuse(insufficient(item, command.location(), command.quantity(), stock.available()));
    }
    if (isNewLocationTooMany(item, command.location())) {
      return refuse(new InventoryItemRefusal.TooManyLocations(MAX_LOCATIONS));
    }
    if (item.reservations().size() >= MAX_RESERVATIONS
        && item.reservedFor(command.location(), command.reference()).isZero()) {
      return refuse(new InventoryItemRefusal.TooManyReservations(MAX_RESERVATIONS));
    }
    if (isOutOfRange(item.reserved(), command.quantity())) {
      return refuse(new InventoryItemRefusal.QuantityOutOfRange());
    }
    return accept(
        new InventoryItemEvent.StockReserved(
            command.location(), command.quantity(), command.reference()));
  }

  private static Decision<InventoryItemEvent> release(
      InventoryItemCommand.Release command, Live item) {
    Quantity reserved = item.reservedFor(command.location(), command.reference());
    return reserved.isLessThan(command.quantity())
        ? refuse(
            new InventoryItemRefusal.NotReserved(
                command.location(), command.reference(), command.quantity(), reserved))
        : accept(
            new InventoryItemEvent.StockReservationReleased(
                command.location(), command.quantity(), command.reference()));
  }

  /**
   * Whether so much may leave a location: never more than is on hand, and nothing that is set aside
   * for others unless the item allows backorders.
   */
  private static @Nullable InventoryItemRefusal lackOf(Quantity asked, String location, Live item) {
    Stock stock = item.at(location);
    Quantity free = item.details().allowBackorder() ? stock.onHand() : stock.available();
    return free.isLessThan(asked) ? insufficient(item, location, asked, free) : null;
  }

  private static InventoryItemRefusal insufficient(
      Live item, String location, Quantity asked, Quantity available) {
    return new InventoryItemRefusal.InsufficientStock(
        item.details().sku(), location, asked, available);
  }

  private static @Nullable InventoryItemRefusal limitOfArrival(
      Live item, String location, Quantity arriving) {
    if (isNewLocationTooMany(item, location)) {
      return new InventoryItemRefusal.TooManyLocations(MAX_LOCATIONS);
    }
    return isOutOfRange(item.onHand(), arriving)
        ? new InventoryItemRefusal.QuantityOutOfRange()
        : null;
  }

  private static @Nullable InventoryItemRefusal limitOfFind(
      Live item, String location, Quantity found) {
    InventoryItemRefusal limit = limitOfArrival(item, location, found);
    return limit == null ? limitOfValue(item, found, item.averageCost()) : limit;
  }

  private static @Nullable InventoryItemRefusal limitOfValue(
      Live item, Quantity arriving, @Nullable Money unitCost) {
    return Valuation.isOutOfRange(item, arriving, unitCost)
        ? new InventoryItemRefusal.ValueOutOfRange()
        : null;
  }

  private static boolean isNewLocationTooMany(Live item, String location) {
    return item.locations().size() >= MAX_LOCATIONS && !item.locations().contains(location);
  }

  private static boolean isOutOfRange(Quantity total, Quantity more) {
    return total.value().add(more.value()).compareTo(QUANTITY_LIMIT) >= 0;
  }

  private static <T> T given(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  private static Claim.Changes claims(InventoryItem before, InventoryItemEvent event) {
    return switch (event) {
      case InventoryItemEvent.Created created -> Claim.Changes.claim(sku(created.sku()));
      case InventoryItemEvent.DetailsChanged changed when before instanceof Live item ->
          Claim.Changes.replace(sku(item.details().sku()), sku(changed.sku()));
      case InventoryItemEvent.Deleted(var sku) -> Claim.Changes.release(sku(sku));
      case InventoryItemEvent.DetailsChanged _,
          InventoryItemEvent.PriceChanged _,
          InventoryItemEvent.Activated _,
          InventoryItemEvent.Deactivated _,
          InventoryItemEvent.StockReceived _,
          InventoryItemEvent.StockIssued _,
          InventoryItemEvent.StockTransferred _,
          InventoryItemEvent.StockAdjusted _,
          InventoryItemEvent.StockReserved _,
          InventoryItemEvent.StockReservationReleased _ ->
          Claim.Changes.NONE;
    };
  }

  private static Claim sku(String sku) {
    return new Claim(SKU, sku);
  }

  private static int weight(InventoryItem state) {
    return state instanceof Live item
        ? 4 + item.locations().size() + item.reservations().size()
        : 1;
  }
}
