package xalesin.standalone.demo;

import java.util.List;

/** What a wholesaler for workshops and kitchens sells: families of products and their variants. */
final class Assortment {
  /**
   * Products that differ in kind, size and make only.
   *
   * @param category what the list is filtered by
   * @param code begins the SKU
   * @param kinds the noun of the name
   * @param sizes what varies
   * @param unit what is counted
   * @param packs how many a supplier packs: receipts come in multiples of one of them
   * @param medianPrice of one unit, in cents; prices scatter around it
   */
  record Family(
      String category,
      String code,
      List<String> kinds,
      List<String> sizes,
      String unit,
      List<Integer> packs,
      int medianPrice) {}

  static final List<String> MAKES =
      List.of("Aldern", "Brakka", "Corvel", "Dunmore", "Ekholt", "Fennick", "Gravis", "Halder");

  static final List<String> LOCATIONS = List.of("main", "north", "shop");

  static final List<Family> FAMILIES =
      List.of(
          new Family(
              "Fasteners",
              "FAS",
              List.of("Hex bolt", "Machine screw", "Wood screw", "Threaded rod", "Wing nut"),
              List.of("M4", "M5", "M6", "M8", "M10", "M12"),
              "box",
              List.of(10, 20, 50),
              890),
          new Family(
              "Hand tools",
              "TOO",
              List.of("Claw hammer", "Combination wrench", "Slip pliers", "Cold chisel", "Handsaw"),
              List.of("small", "medium", "large"),
              "each",
              List.of(6, 12),
              2_450),
          new Family(
              "Power tools",
              "POW",
              List.of("Cordless drill", "Angle grinder", "Orbital sander", "Jigsaw"),
              List.of("12 V", "18 V", "36 V"),
              "each",
              List.of(1, 2, 4),
              14_900),
          new Family(
              "Electrical",
              "ELE",
              List.of("Copper cable", "Junction box", "LED panel", "Circuit breaker", "Socket"),
              List.of("6 A", "10 A", "16 A", "32 A"),
              "each",
              List.of(5, 10, 25),
              1_750),
          new Family(
              "Pipes and fittings",
              "PIP",
              List.of("Elbow", "Tee", "Ball valve", "Coupling", "Copper pipe"),
              List.of("15 mm", "22 mm", "28 mm", "35 mm"),
              "each",
              List.of(10, 25, 50),
              640),
          new Family(
              "Paint",
              "PAI",
              List.of("Wall paint", "Wood varnish", "Metal primer", "Floor coating"),
              List.of("0.75 l", "2.5 l", "5 l", "10 l"),
              "can",
              List.of(4, 6),
              3_280),
          new Family(
              "Safety",
              "SAF",
              List.of("Work gloves", "Safety helmet", "Ear defenders", "Dust mask", "Knee pads"),
              List.of("S", "M", "L", "XL"),
              "pair",
              List.of(12, 24),
              1_190),
          new Family(
              "Adhesives",
              "ADH",
              List.of("Wood glue", "Silicone sealant", "Epoxy", "Contact adhesive"),
              List.of("50 ml", "290 ml", "750 ml"),
              "tube",
              List.of(12, 20),
              970),
          new Family(
              "Storage",
              "STO",
              List.of("Shelf unit", "Stacking crate", "Tool trolley", "Parts cabinet"),
              List.of("60 cm", "90 cm", "120 cm"),
              "each",
              List.of(1, 2, 5),
              7_600),
          new Family(
              "Kitchen",
              "KIT",
              List.of("Chef's knife", "Frying pan", "Stock pot", "Mixing bowl", "Cutting board"),
              List.of("18 cm", "24 cm", "28 cm", "32 cm"),
              "each",
              List.of(4, 6, 12),
              3_950));

  private Assortment() {}
}
