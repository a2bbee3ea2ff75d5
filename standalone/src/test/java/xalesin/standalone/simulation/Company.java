package xalesin.standalone.simulation;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What those who send commands know of the company: enough to ask for what makes sense. Told by the
 * answers, so it may be a little behind. Thread-safe.
 */
final class Company {
  /** An order of either kind. */
  static final class Order {
    final UUID id;
    final int lines;
    volatile boolean isAgreed;

    Order(UUID id, int lines) {
      this.id = id;
      this.lines = lines;
    }
  }

  /** An item and the currency that its stock is worth something in. */
  record Item(UUID id, String currency) {}

  final List<Item> items = new CopyOnWriteArrayList<>();
  final List<UUID> customers = new CopyOnWriteArrayList<>();
  final List<UUID> suppliers = new CopyOnWriteArrayList<>();
  final List<UUID> tills = new CopyOnWriteArrayList<>();
  final List<UUID> accounts = new CopyOnWriteArrayList<>();
  final List<UUID> entries = new CopyOnWriteArrayList<>();
  final List<Order> sales = new CopyOnWriteArrayList<>();
  final List<Order> purchases = new CopyOnWriteArrayList<>();

  /** Learns from an answer. */
  void learn(Answered answered) {
    if (answered.isDone()) {
      answered.request().commands().forEach(this::happened);
    }
  }

  private void happened(Asked asked) {
    UUID id = asked.id();
    if (id == null) {
      return;
    }
    switch (asked.command()) {
      case "inventory-items.create" ->
          items.add(new Item(id, asked.data().path("price").path("currency").asText()));
      case "inventory-items.delete" -> items.removeIf(item -> item.id().equals(id));
      case "parties.create" -> {
        for (var kind : asked.data().path("kinds")) {
          (kind.asText().equals("customer") ? customers : suppliers).add(id);
        }
      }
      case "accounts.create" ->
          (asked.data().path("type").asText().equals("asset") ? tills : accounts).add(id);
      case "accounts.close" -> {
        tills.remove(id);
        accounts.remove(id);
      }
      case "financial-transactions.post" -> entries.add(id);
      case "sales-orders.place" -> sales.add(new Order(id, asked.data().path("lines").size()));
      case "purchase-orders.place" ->
          purchases.add(new Order(id, asked.data().path("lines").size()));
      case "sales-orders.confirm" -> agreed(sales, id);
      case "purchase-orders.approve" -> agreed(purchases, id);
      case "sales-orders.cancel" -> sales.removeIf(order -> order.id.equals(id));
      case "purchase-orders.cancel" -> purchases.removeIf(order -> order.id.equals(id));
      default -> {
        // Nothing that decides what makes sense next.
      }
    }
  }

  private static void agreed(List<Order> orders, UUID id) {
    for (Order order : orders) {
      if (order.id.equals(id)) {
        order.isAgreed = true;
      }
    }
  }
}
