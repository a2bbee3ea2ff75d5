package xalesin.bench.past;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.StreamName;
import xalesin.schemas.inventory.InventoryItemEvent.Created;
import xalesin.schemas.inventory.InventoryItemEvent.Deactivated;

/** Items are created, and one in thirty is deactivated. A group is a category and a brand. */
final class ItemPast extends Past {
  private static final int INACTIVE = 30;
  private static final String AUDIT = "audit-logs";

  ItemPast(int rows, long seed, Instant end) {
    super(rows, seed, end);
  }

  @Override
  public List<Question> questions() {
    String items = StreamName.INVENTORY_ITEMS;
    String large = "category=" + category(LARGE);
    String active = "&status=active";
    IntFunction<String> small = group -> "category=" + category(group);
    return List.of(
        new Question(
            "items by status",
            items,
            "by-status",
            List.of("status=active", "status=inactive"),
            List.of(),
            List.of()),
        new Question(
            "items active by update time",
            items,
            "by-status",
            List.of("status=active&sort=-updatedAt"),
            List.of(),
            days("status=active", "updatedAt")),
        new Question(
            "items by SKU",
            items,
            "by-sku",
            List.of("sort=sku"),
            some(rows() - 1, i -> "sku=" + sku(i)),
            some(rows() / PER_GROUP, i -> "sku.gte=" + sku(i) + "&sku.lt=" + sku(i + PER_GROUP))),
        new Question(
            "items by category",
            items,
            "by-category",
            List.of(large),
            some(groups() - 1, small),
            days(large, "updatedAt")),
        new Question(
            "items by category and status",
            items,
            "by-category-and-status",
            List.of(large + active),
            some(groups() - 1, group -> small.apply(group) + active),
            days(large + active, "updatedAt")),
        Question.search(
            "items by text, a part of all",
            items,
            List.of("steel bolt", "brass hinge", "gask", "sensor m14", "brakcet")),
        Question.search(
            "items by text, a few",
            items,
            some(groups() - 1, group -> Names.brand(group).toLowerCase(Locale.ROOT))),
        new Question(
            "audit by time", AUDIT, "by-date", List.of("sort=-date"), List.of(), days("", "date")),
        new Question(
            "audit by user and time",
            AUDIT,
            "by-user-and-date",
            List.of("user=" + user(LARGE)),
            some(users(), user -> "user=" + user(user)),
            days("user=" + user(LARGE), "date")));
  }

  @Override
  void tell(int number, Instant at, List<Happening> happenings) {
    String stream = stream(StreamName.INVENTORY_ITEMS, number);
    String actor = actor();
    happenings.add(new Happening(stream, 1, created(number, group()), at, actor));
    if (oneIn(INACTIVE)) {
      happenings.add(new Happening(stream, 2, new Deactivated(), at.plusSeconds(1), actor));
    }
  }

  static Created created(int number, int group) {
    String kind = Names.KINDS.get(number % Names.KINDS.size());
    String material = Names.MATERIALS.get(number % Names.MATERIALS.size());
    return new Created(
        sku(number),
        "%s %s M%d %s".formatted(Names.brand(group), kind, number % 40, material),
        "%s of %s, size %d, packed by the hundred".formatted(kind, material, number % 40),
        category(group),
        "each",
        Money.of(number % 500 + ".95", CURRENCY),
        Quantity.of(number % 90),
        false);
  }

  static String sku(int number) {
    return String.format(Locale.ROOT, "S%07d", number);
  }

  static String category(int group) {
    return "category-" + group;
  }
}
