package xalesin.standalone.imports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of CSV files with the shape of the Northwind sample, made up here. */
public final class NorthwindFolder {
  public static final int PRODUCTS = 77;

  private static final String HEADER =
      "product_id,product_name,supplier_id,category_id,quantity_per_unit,unit_price,"
          + "units_in_stock,units_on_order,reorder_level,discontinued\n";

  private NorthwindFolder() {}

  /** Every seventh product has no stock, every eighth is discontinued; stock is 3 times the id. */
  public static Path create(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("categories.csv"),
        """
        category_id,category_name,description,picture
        1,Beverages,"Soft drinks, coffees, teas",\\x
        2,Grains/Cereals,"Breads, ""crackers"", and
        pasta",\\x
        """);
    StringBuilder products = new StringBuilder(HEADER);
    for (int id = 1; id <= PRODUCTS; id++) {
      products
          .append(id)
          .append(",\"Product, no. ")
          .append(id)
          .append("\",1,")
          .append(id % 3)
          .append(",10 boxes x ")
          .append(id)
          .append(" bags,")
          .append(id)
          .append(".50,")
          .append(id % 7 == 0 ? 0 : 3 * id)
          .append(",0,")
          .append(id % 5)
          .append(',')
          .append(id % 8 == 0 ? 1 : 0)
          .append('\n');
    }
    // No category, as foreign keys may be.
    Files.writeString(
        folder.resolve("products.csv"),
        products.toString().replace(",1,0,10 boxes", ",1,,10 boxes"));
    return folder;
  }

  public static int onHand() {
    int sum = 0;
    for (int id = 1; id <= PRODUCTS; id++) {
      sum += id % 7 == 0 ? 0 : 3 * id;
    }
    return sum;
  }
}
