package xalesin.standalone.demo;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of an item while its movements are made up. For one thread. */
record DemoItem(
    UUID id, String sku, Assortment.Family family, BigDecimal cost, Map<String, Stock> stock) {
  Stock at(String location) {
    return stock.computeIfAbsent(location, _ -> new Stock());
  }

  /** Stock at one location. */
  static final class Stock {
    private int onHand;
    private final TreeMap<String, Integer> reserved = new TreeMap<>();

    int onHand() {
      return onHand;
    }

    int available() {
      return onHand - reserved.values().stream().mapToInt(Integer::intValue).sum();
    }

    void arrive(int quantity) {
      onHand += quantity;
    }

    void leave(int quantity) {
      onHand -= quantity;
    }

    /** Goes to whom it was set aside for. */
    void leave(String reference, int quantity) {
      onHand -= quantity;
      reserved.merge(reference, -quantity, Integer::sum);
    }

    void reserve(String reference, int quantity) {
      reserved.merge(reference, quantity, Integer::sum);
    }

    /** Frees the first thing set aside that is found; null when there is none. */
    Map.@Nullable Entry<String, Integer> free() {
      return reserved.pollFirstEntry();
    }
  }
}
