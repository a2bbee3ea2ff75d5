package xalesin.bench.past;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
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

/** Orders of customers; those that go on are confirmed. */
final class SalesOrderPast extends OrderPast {
  private static final int TERM_DAYS = 30;
  private static final int PRICE = 12;

  SalesOrderPast(int rows, long seed, Instant end) {
    super(rows, seed, end, StreamName.SALES_ORDERS, PartyKind.CUSTOMER);
  }

  @Override
  public List<Question> questions() {
    List<Question> questions = new ArrayList<>(super.questions());
    String draftsOfLarge = of(LARGE) + "&status=draft";
    questions.add(
        new Question(
            "sales orders by customer and status",
            StreamName.SALES_ORDERS,
            "by-customer-and-status",
            List.of(draftsOfLarge),
            some(groups() - 1, group -> of(group) + "&status=draft"),
            days(draftsOfLarge, "date")));
    return questions;
  }

  @Override
  SalesOrderEvent placed(int number, int customer, LocalDate date, String author) {
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

  @Override
  SalesOrderEvent next() {
    return new Confirmed();
  }

  @Override
  SalesOrderEvent cancelled() {
    return new Cancelled(TWICE);
  }
}
