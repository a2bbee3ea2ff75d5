package xalesin.bench.inventory;

import java.util.List;
import java.util.SplittableRandom;
import xalesin.bench.load.Answer;
import xalesin.bench.load.RequestBuffer;
import xalesin.bench.load.Script;

/** Full-text searches for items: two words, the beginning of one, one with a typing error. */
public final class Search {
  private static final List<String> QUERIES =
      List.of(
          "steel%20bolt",
          "brass%20hinge",
          "nylon%20valve",
          "copper%20cable",
          "gask",
          "alumin",
          "zinc-plated",
          "brakcet",
          "sensor%20m12",
          "%22packed%20by%20the%20hundred%22%20bearing",
          "stainless%20-valve");

  private Search() {}

  /** The first page of 50. */
  static String path(SplittableRandom random) {
    return "/api/inventory-items?limit=50&q=" + QUERIES.get(random.nextInt(QUERIES.size()));
  }

  /** Searches in all tenants of the catalog. */
  public static Script.Source source(Catalog catalog, long seed) {
    return connection ->
        new Script() {
          private final SplittableRandom random = new SplittableRandom(seed * 31 + connection);

          @Override
          public void begin(RequestBuffer request) {
            Tenant tenant = catalog.tenants().get(random.nextInt(catalog.tenants().size()));
            request.get(path(random), tenant.readHeaders());
          }

          @Override
          public Next answered(Answer answer, RequestBuffer request, Run run) {
            return answer.status() == 200 ? Next.DONE : Next.FAILED;
          }
        };
  }
}
