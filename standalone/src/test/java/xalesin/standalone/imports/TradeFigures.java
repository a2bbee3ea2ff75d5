package xalesin.standalone.imports;

import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * What a trading company comes to: once summed up from its files, row by row, and once from what an
 * import has made of them.
 *
 * @param inactive items
 * @param shipped orders, which are invoiced and paid too
 * @param available on hand and not reserved
 * @param orderValue of all orders, without freight
 * @param revenue of what was invoiced, without freight
 * @param stockValue of what is on hand
 * @param topItem the SKU with most revenue
 * @param bestCustomer the name with most revenue
 */
public record TradeFigures(
    int customers,
    int suppliers,
    int items,
    int inactive,
    int orders,
    int shipped,
    BigDecimal onHand,
    BigDecimal reserved,
    BigDecimal available,
    BigDecimal orderValue,
    BigDecimal revenue,
    BigDecimal freight,
    BigDecimal costOfGoods,
    BigDecimal stockValue,
    String topItem,
    BigDecimal topItemRevenue,
    String bestCustomer,
    BigDecimal bestCustomerRevenue) {
  private static final int CENTS = 2;

  public TradeFigures {
    onHand = plain(onHand);
    reserved = plain(reserved);
    available = plain(available);
    orderValue = plain(orderValue);
    revenue = plain(revenue);
    freight = plain(freight);
    costOfGoods = plain(costOfGoods);
    stockValue = plain(stockValue);
    topItemRevenue = plain(topItemRevenue);
    bestCustomerRevenue = plain(bestCustomerRevenue);
  }

  /** So that equal numbers are equal. */
  private static BigDecimal plain(BigDecimal value) {
    BigDecimal number = value.stripTrailingZeros();
    return number.scale() < 0 ? number.setScale(0) : number;
  }

  public static String sku(String product) {
    return "NW-" + "0".repeat(Math.max(0, 4 - product.length())) + product;
  }

  public static TradeFigures of(Path folder) throws IOException {
    Map<String, CSVRecord> customers = rows(folder, "customers.csv", "customer_id");
    Map<String, CSVRecord> products = rows(folder, "products.csv", "product_id");
    Map<String, CSVRecord> orders = rows(folder, "orders.csv", "order_id");
    Map<String, BigDecimal> byItem = new HashMap<>();
    Map<String, BigDecimal> byCustomer = new HashMap<>();
    Set<String> shipped = new HashSet<>();
    BigDecimal freight = BigDecimal.ZERO;
    for (CSVRecord order : orders.values()) {
      if (!order.get("shipped_date").isEmpty()) {
        shipped.add(order.get("order_id"));
        freight = freight.add(new BigDecimal(order.get("freight")));
      }
    }
    BigDecimal inStock = BigDecimal.ZERO;
    BigDecimal stockValue = BigDecimal.ZERO;
    int inactive = 0;
    for (CSVRecord product : products.values()) {
      BigDecimal units = new BigDecimal(product.get("units_in_stock"));
      inStock = inStock.add(units);
      stockValue = stockValue.add(units.multiply(new BigDecimal(product.get("unit_price"))));
      inactive += product.get("discontinued").equals("1") ? 1 : 0;
    }
    BigDecimal reserved = BigDecimal.ZERO;
    BigDecimal orderValue = BigDecimal.ZERO;
    BigDecimal revenue = BigDecimal.ZERO;
    BigDecimal costOfGoods = BigDecimal.ZERO;
    for (CSVRecord line : read(folder.resolve("order_details.csv"))) {
      String product = line.get("product_id");
      BigDecimal quantity = new BigDecimal(line.get("quantity"));
      BigDecimal cost = quantity.multiply(new BigDecimal(row(products, product).get("unit_price")));
      BigDecimal part = BigDecimal.ONE.subtract(new BigDecimal(line.get("discount")));
      BigDecimal net =
          new BigDecimal(line.get("unit_price"))
              .multiply(quantity)
              .multiply(part)
              .setScale(CENTS, RoundingMode.HALF_UP);
      orderValue = orderValue.add(net);
      if (shipped.contains(line.get("order_id"))) {
        revenue = revenue.add(net);
        costOfGoods = costOfGoods.add(cost);
        String customer = row(orders, line.get("order_id")).get("customer_id");
        byItem.merge(sku(product), net, BigDecimal::add);
        byCustomer.merge(
            row(customers, customer).get("company_name").strip(), net, BigDecimal::add);
      } else {
        reserved = reserved.add(quantity);
        stockValue = stockValue.add(cost);
      }
    }
    Map.Entry<String, BigDecimal> topItem = most(byItem);
    Map.Entry<String, BigDecimal> bestCustomer = most(byCustomer);
    return new TradeFigures(
        customers.size(),
        rows(folder, "suppliers.csv", "supplier_id").size(),
        products.size(),
        inactive,
        orders.size(),
        shipped.size(),
        inStock.add(reserved),
        reserved,
        inStock,
        orderValue,
        revenue,
        freight,
        costOfGoods,
        stockValue,
        topItem.getKey(),
        topItem.getValue(),
        bestCustomer.getKey(),
        bestCustomer.getValue());
  }

  public static Map.Entry<String, BigDecimal> most(Map<String, BigDecimal> amounts) {
    return amounts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
  }

  private static Map<String, CSVRecord> rows(Path folder, String file, String key)
      throws IOException {
    Map<String, CSVRecord> rows = new HashMap<>();
    for (CSVRecord row : read(folder.resolve(file))) {
      rows.put(row.get(key), row);
    }
    return rows;
  }

  private static CSVRecord row(Map<String, CSVRecord> rows, String key) {
    CSVRecord row = rows.get(key);
    if (row == null) {
      throw new IllegalStateException("no row " + key);
    }
    return row;
  }

  private static List<CSVRecord> read(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser parser =
            CSVParser.builder()
                .setReader(reader)
                .setFormat(CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())
                .get()) {
      return parser.getRecords();
    }
  }
}
