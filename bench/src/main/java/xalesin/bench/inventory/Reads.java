package xalesin.bench.inventory;

import java.util.List;
import java.util.SplittableRandom;
import xalesin.bench.load.Answer;
import xalesin.bench.load.RequestBuffer;
import xalesin.bench.load.Script;

/** Reads drawn at random, the same kind over and over. */
public final class Reads {
  private static final String ITEMS = "/api/inventory-items";

  private Reads() {}

  /** One request to draw from. */
  private record Read(Tenant tenant, String path) {}

  /** Single items, any of the catalog. */
  public static Script.Source gets(Catalog catalog, long seed) {
    return of(
        catalog.items().stream().map(item -> new Read(item.tenant(), item.path())).toList(), seed);
  }

  /** First pages of 50 rows: by category, by category and status, by status. */
  public static Script.Source lists(Catalog catalog, long seed) {
    List<Read> reads =
        catalog.items().stream()
            .flatMap(
                item ->
                    List.of(
                            "?category=" + item.category() + "&limit=50",
                            "?category=" + item.category() + "&status=active&limit=50",
                            "?status=active&limit=50")
                        .stream()
                        .map(query -> new Read(item.tenant(), ITEMS + query)))
            .distinct()
            .toList();
    return of(reads, seed);
  }

  /** A constant answer of so many bytes, the floor under any read of the same server. */
  public static Script.Source constants(Catalog catalog, int bytes) {
    return constants(catalog.tenants().getFirst(), bytes);
  }

  /** The constant answer, asked for by one tenant. */
  public static Script.Source constants(Tenant tenant, int bytes) {
    return of(List.of(new Read(tenant, "/bench/constant?bytes=" + bytes)), 0);
  }

  private static Script.Source of(List<Read> reads, long seed) {
    return connection ->
        new Script() {
          private final SplittableRandom random = new SplittableRandom(seed * 31 + connection);

          @Override
          public void begin(RequestBuffer request) {
            Read read = reads.get(random.nextInt(reads.size()));
            request.get(read.path(), read.tenant().readHeaders());
          }

          @Override
          public Next answered(Answer answer, RequestBuffer request, Run run) {
            return answer.status() == 200 ? Next.DONE : Next.FAILED;
          }
        };
  }
}
