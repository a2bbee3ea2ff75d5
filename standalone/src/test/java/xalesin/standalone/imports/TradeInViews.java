package xalesin.standalone.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a company comes to as a program finds it that reads over HTTP, a page after another. */
public final class TradeInViews {
  private static final String CURRENCY = "USD";

  // Accounts of the default chart.
  private static final String CASH = "1000";
  private static final String RECEIVABLE = "1100";
  private static final String INVENTORY = "1200";
  private static final String REVENUE = "4000";
  private static final String FREIGHT = "4100";
  private static final String COST_OF_GOODS = "5000";

  /** Answers {@code GET} requests. */
  public interface Reads {
    /**
     * @param path from {@code /api} on, with the query
     */
    JsonNode get(String path) throws IOException, InterruptedException;
  }

  /**
   * What the ledger says of it.
   *
   * @param difference all debits less all credits, by the sums that the trial balance has
   * @param sum of all balances
   * @param cash balance of the account, as the others
   * @param stockValue what all stock is worth by the items
   * @param openInvoices what the overview says is owed
   */
  public record Ledger(
      BigDecimal difference,
      BigDecimal sum,
      BigDecimal cash,
      BigDecimal receivable,
      BigDecimal inventory,
      BigDecimal stockValue,
      BigDecimal openInvoices) {}

  private final Reads reads;

  public TradeInViews(Reads reads) {
    this.reads = reads;
  }

  public TradeFigures figures() throws IOException, InterruptedException {
    int customers = 0;
    int suppliers = 0;
    for (JsonNode party : rows("/api/parties?limit=50")) {
      customers += has(party.path("kinds"), "customer") ? 1 : 0;
      suppliers += has(party.path("kinds"), "supplier") ? 1 : 0;
    }
    List<JsonNode> items = rows("/api/inventory-items?limit=50");
    List<JsonNode> orders = rows("/api/sales-orders?limit=500");
    Map<String, BigDecimal> balances = balances(reads.get("/api/trial-balance"));
    JsonNode overview = reads.get("/api/overview");
    JsonNode topItem = inCurrency(overview.path("topItems")).path("items").path(0);
    JsonNode best = inCurrency(overview.path("topCustomers")).path("customers").path(0);
    return new TradeFigures(
        customers,
        suppliers,
        items.size(),
        (int)
            items.stream().filter(item -> item.path("status").asText().equals("inactive")).count(),
        orders.size(),
        (int) orders.stream().filter(order -> order.path("status").asText().equals("paid")).count(),
        sum(items, "onHand"),
        sum(items, "reserved"),
        sum(items, "available"),
        sum(orders, "net"),
        balance(balances, REVENUE).negate(),
        balance(balances, FREIGHT).negate(),
        balance(balances, COST_OF_GOODS),
        decimal(inCurrency(reads.get("/api/stock-valuation").path("items")).path("value")),
        topItem.path("sku").asText(),
        decimal(topItem.path("revenue")),
        best.path("name").asText(),
        decimal(best.path("revenue")));
  }

  public Ledger ledger() throws IOException, InterruptedException {
    JsonNode trialBalance = reads.get("/api/trial-balance");
    Map<String, BigDecimal> balances = balances(trialBalance);
    JsonNode totals = inCurrency(trialBalance.path("totals"));
    BigDecimal stockValue = BigDecimal.ZERO;
    for (JsonNode item : rows("/api/inventory-items?limit=500")) {
      stockValue = stockValue.add(decimal(item.path("value").path("amount")));
    }
    JsonNode receivables = inCurrency(reads.get("/api/overview").path("receivables"));
    return new Ledger(
        decimal(totals.path("debit")).subtract(decimal(totals.path("credit"))),
        balances.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add),
        balance(balances, CASH),
        balance(balances, RECEIVABLE),
        balance(balances, INVENTORY),
        stockValue,
        decimal(receivables.path("total")));
  }

  /** By the accounts' codes, debits less credits. */
  private static Map<String, BigDecimal> balances(JsonNode trialBalance) {
    Map<String, BigDecimal> balances = new HashMap<>();
    for (JsonNode account : trialBalance.path("items")) {
      if (account.path("currency").asText().equals(CURRENCY)) {
        balances.merge(
            account.path("code").asText(), decimal(account.path("balance")), BigDecimal::add);
      }
    }
    return balances;
  }

  private static BigDecimal balance(Map<String, BigDecimal> balances, String account) {
    return balances.getOrDefault(account, BigDecimal.ZERO);
  }

  private static JsonNode inCurrency(JsonNode list) {
    for (JsonNode element : list) {
      if (element.path("currency").asText().equals(CURRENCY)) {
        return element;
      }
    }
    return list.path("none");
  }

  private static boolean has(JsonNode list, String text) {
    for (JsonNode element : list) {
      if (element.asText().equals(text)) {
        return true;
      }
    }
    return false;
  }

  private static BigDecimal sum(List<JsonNode> rows, String field) {
    return rows.stream()
        .map(row -> decimal(row.path(field)))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal decimal(JsonNode text) {
    return text.asText().isEmpty() ? BigDecimal.ZERO : new BigDecimal(text.asText());
  }

  /** All pages of a list. */
  private List<JsonNode> rows(String path) throws IOException, InterruptedException {
    List<JsonNode> rows = new ArrayList<>();
    JsonNode page = reads.get(path);
    while (true) {
      page.path("items").forEach(rows::add);
      if (!page.path("hasMore").asBoolean(false)) {
        return rows;
      }
      page = reads.get(path + "&cursor=" + page.path("nextCursor").asText());
    }
  }
}
