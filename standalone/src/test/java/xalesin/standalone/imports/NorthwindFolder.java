package xalesin.standalone.imports;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A trading company in CSV files with the shape of the Northwind sample, made up here from a seed:
 * names with commas, quotes and accents, missing regions and categories, discounts, freight, orders
 * of one line and of many, and some that have not been shipped.
 */
public final class NorthwindFolder {
  public static final int CUSTOMERS = 91;
  public static final int SUPPLIERS = 29;
  public static final int PRODUCTS = 77;
  public static final int ORDERS = 830;

  /** Of the company that is made when no seed is given. */
  private static final long SEED = 1;

  /** Neither in stock nor ever ordered. */
  private static final int UNWANTED_PRODUCT = 7;

  private static final int NEVER_ORDERING_CUSTOMERS = 2;
  private static final int LAST_ORDERS = 60;
  private static final int MANY_LINES = 25;
  private static final LocalDate FIRST_DAY = LocalDate.of(1996, 7, 4);
  private static final List<String> COUNTRIES =
      List.of("Germany", "USA", "UK", "Brazil", "France", "Venezuela", "Sweden", "Japan");
  private static final List<String> DISCOUNTS =
      List.of("0", "0", "0", "0.05", "0.1", "0.15", "0.2", "0.25", "0.03");

  /** The real one lies beside some checkouts only. */
  private static final Path REAL = Path.of("../../shared/data/northwind");

  private NorthwindFolder() {}

  /** A copy of the real Northwind where it is there, a made-up one elsewhere. */
  public static Path realOr(Path folder) throws IOException {
    create(folder);
    if (isReal()) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.write(file, Files.readAllBytes(REAL.resolve(file.getFileName())));
        }
      }
    }
    return folder;
  }

  public static boolean isReal() {
    return Files.isDirectory(REAL);
  }

  public static Path create(Path folder) throws IOException {
    return create(folder, SEED);
  }

  public static Path create(Path folder, long seed) throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(seed);
    Files.writeString(
        folder.resolve("categories.csv"),
        """
        category_id,category_name,description,picture
        1,Beverages,"Soft drinks, coffees, teas",\\x
        2,Grains/Cereals,"Breads, ""crackers"", and
        pasta",\\x
        """);
    Files.write(folder.resolve("customers.csv"), customers(random));
    Files.write(folder.resolve("suppliers.csv"), suppliers(random));
    Files.write(folder.resolve("products.csv"), products());
    List<String> orders = new ArrayList<>();
    List<String> details = new ArrayList<>();
    orders(random, orders, details);
    Files.write(folder.resolve("orders.csv"), orders);
    Files.write(folder.resolve("order_details.csv"), details);
    return folder;
  }

  private static List<String> customers(Random random) {
    List<String> rows = new ArrayList<>();
    rows.add(
        "customer_id,company_name,contact_name,contact_title,address,city,region,postal_code,"
            + "country,phone,fax");
    for (int i = 0; i < CUSTOMERS; i++) {
      rows.add(code(i) + "," + party("Kunde \"\"" + i + "\"\", Söhne", random));
    }
    return rows;
  }

  private static List<String> suppliers(Random random) {
    List<String> rows = new ArrayList<>();
    rows.add(
        "supplier_id,company_name,contact_name,contact_title,address,city,region,postal_code,"
            + "country,phone,fax,homepage");
    for (int i = 1; i <= SUPPLIERS; i++) {
      rows.add(i + "," + party("Fournisseur n° " + i, random) + ",#HOME.HTM#");
    }
    return rows;
  }

  private static String party(String name, Random random) {
    return String.join(
        ",",
        "\"" + name + "\"",
        "María Anders",
        "Sales Manager",
        "\"" + random.nextInt(200) + ", rue de l'Abbaye\"",
        "Reims",
        random.nextInt(3) == 0 ? "WA" : "",
        random.nextInt(9) == 0 ? "" : Integer.toString(10_000 + random.nextInt(90_000)),
        COUNTRIES.get(random.nextInt(COUNTRIES.size())),
        "(1) 03.83.00.68",
        random.nextBoolean() ? "" : "030-0076545");
  }

  private static String code(int customer) {
    return "C" + (char) ('A' + customer / 26) + (char) ('A' + customer % 26) + "XY";
  }

  /** Every seventh product has no stock, every eighth is discontinued; stock is 3 times the id. */
  private static List<String> products() {
    List<String> rows = new ArrayList<>();
    rows.add(
        "product_id,product_name,supplier_id,category_id,quantity_per_unit,unit_price,"
            + "units_in_stock,units_on_order,reorder_level,discontinued");
    for (int id = 1; id <= PRODUCTS; id++) {
      rows.add(
          String.join(
              ",",
              Integer.toString(id),
              "\"Product, no. " + id + "\"",
              Integer.toString(1 + id % SUPPLIERS),
              id % 3 == 0 ? "" : Integer.toString(id % 3), // None, as foreign keys may be.
              "10 boxes x " + id + " bags",
              price(id).toPlainString(),
              Integer.toString(id % 7 == 0 ? 0 : 3 * id),
              "0",
              Integer.toString(id % 5),
              id % 8 == 0 ? "1" : "0"));
    }
    return rows;
  }

  private static BigDecimal price(int product) {
    return new BigDecimal(product + ".50");
  }

  /** Most of the last orders have not been shipped, as it is. */
  private static void orders(Random random, List<String> orders, List<String> details) {
    orders.add(
        "order_id,customer_id,employee_id,order_date,required_date,shipped_date,ship_via,freight,"
            + "ship_name,ship_address,ship_city,ship_region,ship_postal_code,ship_country");
    details.add("order_id,product_id,unit_price,quantity,discount");
    for (int i = 0; i < ORDERS; i++) {
      LocalDate date = FIRST_DAY.plusDays(i * 4L / 5);
      // In a hurry: the day on which it was required has passed already.
      LocalDate required = i == 40 ? date.minusDays(1) : date.plusDays(14L * (1 + i % 3));
      boolean shipped = i < ORDERS - LAST_ORDERS || random.nextInt(3) > 0;
      int order = 10_248 + i;
      orders.add(
          String.join(
              ",",
              Integer.toString(order),
              code(random.nextInt(CUSTOMERS - NEVER_ORDERING_CUSTOMERS)),
              "5",
              date.toString(),
              required.toString(),
              shipped ? date.plusDays(random.nextInt(30)).toString() : "",
              "3",
              i % 97 == 0 ? "0" : BigDecimal.valueOf(random.nextInt(20_000), 2).toPlainString(),
              "\"Vins, \"\"Chevalier\"\"\",59 rue de l'Abbaye,Reims,,51100,France"));
      lines(random, order, i == ORDERS - 1 ? MANY_LINES : 1 + random.nextInt(5), details);
    }
  }

  private static void lines(Random random, int order, int count, List<String> details) {
    List<Integer> products = new ArrayList<>();
    for (int id = 1; id <= PRODUCTS; id++) {
      if (id != UNWANTED_PRODUCT) {
        products.add(id);
      }
    }
    Collections.shuffle(products, random);
    for (int product : products.subList(0, count)) {
      BigDecimal price = price(product);
      details.add(
          String.join(
              ",",
              Arrays.asList(
                  Integer.toString(order),
                  Integer.toString(product),
                  (random.nextBoolean() ? price : price.multiply(new BigDecimal("0.8")))
                      .stripTrailingZeros()
                      .toPlainString(),
                  Integer.toString(1 + random.nextInt(80)),
                  DISCOUNTS.get(random.nextInt(DISCOUNTS.size())))));
    }
  }
}
