package xalesin.bench.past;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import xalesin.schemas.Amount;
import xalesin.schemas.Fraction;
import xalesin.schemas.Quantity;
import xalesin.schemas.StreamName;
import xalesin.schemas.parties.PartyKind;
import xalesin.schemas.sales.SalesOrderEvent;
import xalesin.schemas.sales.SalesOrderEvent.Cancelled;
import xalesin.schemas.sales.SalesOrderEvent.Confirmed;
import xalesin.schemas.sales.SalesOrderEvent.Placed;
import xalesin.schemas.sales.SalesOrderEvent.Totals;
import xalesin.schemas.sales.SalesOrderLine;

/**
 * Orders are placed; one in twenty is confirmed, one in fifty cancelled. A group is a customer,
 * registered at the first order.
 */
final class SalesOrderPast extends Past {
  private static final int CONFIRMED = 20;
  private static final int CANCELLED = 50;
  private static final int TERM_DAYS = 30;
  private static final int PRICE = 12;

  private final BitSet known = new BitSet();

  SalesOrderPast(int rows, long seed, Instant end) {
    super(rows, seed, end);
  }

  @Override
  public List<Question> questions() {
    String orders = StreamName.SALES_ORDERS;
    String large = customer(LARGE);
    return List.of(
        new Question(
            "sales orders by status and date",
            orders,
            "by-status-and-date",
            List.of("status=draft", "status=cancelled"),
            List.of(),
            days("status=draft", "date")),
        new Question(
            "sales orders by customer and date",
            orders,
            "by-customer-and-date",
            List.of(large),
            some(groups() - 1, this::customer),
            days(large, "date")),
        new Question(
            "sales orders by customer and status",
            orders,
            "by-customer-and-status",
            List.of(large + "&status=draft"),
            some(groups() - 1, group -> customer(group) + "&status=draft"),
            days(large + "&status=draft", "date")));
  }

  private String customer(int number) {
    return "customer=" + id(StreamName.PARTIES, number);
  }

  @Override
  void tell(int number, Instant at, List<Happening> happenings) {
    int customer = group();
    String actor = actor();
    if (!known.get(customer)) {
      known.set(customer);
      String party = stream(StreamName.PARTIES, customer);
      happenings.add(
          new Happening(
              party, 1, PartyPast.registered(customer, customer, PartyKind.CUSTOMER), at, actor));
    }
    String stream = stream(StreamName.SALES_ORDERS, number);
    happenings.add(new Happening(stream, 1, placed(number, customer, at), at, actor));
    SalesOrderEvent next =
        oneIn(CONFIRMED)
            ? new Confirmed()
            : oneIn(CANCELLED) ? new Cancelled("ordered twice") : null;
    if (next != null) {
      happenings.add(new Happening(stream, 2, next, at.plusSeconds(1), actor));
    }
  }

  private Placed placed(int number, int customer, Instant at) {
    LocalDate date = at.atOffset(ZoneOffset.UTC).toLocalDate();
    int quantity = 1 + random.nextInt(9);
    Amount net = Amount.of(Integer.toString(quantity * PRICE));
    SalesOrderLine line =
        new SalesOrderLine(
            id(StreamName.INVENTORY_ITEMS, number % PER_GROUP),
            ItemPast.sku(number % PER_GROUP),
            "Bolt M8 steel",
            Quantity.of(quantity),
            Amount.of(Integer.toString(PRICE)),
            Fraction.ZERO,
            Fraction.ZERO,
            "main",
            net,
            Amount.ZERO);
    return new Placed(
        number("SO-" + date.getYear(), number),
        id(StreamName.PARTIES, customer),
        PartyPast.name(customer, customer),
        date,
        date.plusDays(TERM_DAYS),
        CURRENCY,
        null,
        List.of(line),
        new Totals(net, Amount.ZERO, Amount.ZERO, net));
  }
}
