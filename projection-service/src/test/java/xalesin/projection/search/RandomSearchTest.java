package xalesin.projection.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xalesin.projection.search.BruteSearch.Part;
import xalesin.projection.search.Things.Thing;
import xalesin.projection.store.SearchedStore;

/** Searches find what looking at every row finds, for two tenants whose rows keep changing. */
class RandomSearchTest {
  private static final List<String> VOCABULARY =
      List.of(
          "bolt",
          "bolts",
          "Bolzen",
          "steel",
          "Stahl",
          "stall",
          "straße",
          "Strasse",
          "café",
          "cafe",
          "Größe",
          "grösser",
          "red",
          "rot",
          "tor",
          "a",
          "ab",
          "abc",
          "abcd",
          "abdc",
          "xabc",
          "m8",
          "M10",
          "10",
          "100",
          "1000",
          "3.5mm",
          "wi-fi",
          "O'Neil",
          "smørrebrød",
          "ÆTHER",
          "déjà",
          "vu",
          "naïve",
          "screw",
          "screws",
          "scerw",
          "hammer",
          "hamster",
          "東京",
          "Łódź");

  private static final List<String> SEPARATORS = List.of(" ", " ", " ", ", ", " - ", "/", "\n");
  private static final List<String> TENANTS = List.of("acme", "acme2");
  private static final List<String> TAGS = List.of("green", "blue", "out of stock");
  private static final int ROUNDS = 60;
  private static final int SEARCHES = 40;

  @TempDir private Path folder;
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final RandomTyping typing =
      new RandomTyping(
          random, VOCABULARY, List.of("AB", "ab1", "4711", "49", "4", "b", "bc-1", "10."));
  private final Map<String, Map<UUID, Thing>> rows = new HashMap<>();

  @Test
  void searches_find_what_looking_at_every_row_finds() {
    System.out.println("searches from seed " + seed);
    int found = 0;
    try (SearchedStore store = new SearchedStore(folder, List.of(Things.VIEW))) {
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = random.nextInt(20); i >= 0; i--) {
          change(store);
        }
        store.write();
        for (int i = 0; i < SEARCHES; i++) {
          found += compare(store);
        }
      }
      assertThat(store.documents()).isEqualTo(rows.values().stream().mapToInt(Map::size).sum());
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
    assertThat(found).as("rows found in all, seed " + seed).isGreaterThan(ROUNDS * SEARCHES / 2);
  }

  private void change(SearchedStore store) {
    String tenant = pick(TENANTS);
    Map<UUID, Thing> mine = rowsOf(tenant);
    if (mine.size() < 10 || random.nextInt(3) == 0) {
      // Ids are shared by tenants now and then: they are no secret.
      UUID id = new UUID(0, random.nextInt(500));
      put(store, tenant, row(id));
      return;
    }
    Thing one = pick(List.copyOf(mine.values()));
    switch (random.nextInt(4)) {
      case 0 -> {
        mine.remove(one.id());
        store.put(tenant, Things.VIEW, one.id(), null);
      }
      case 1 -> put(store, tenant, row(one.id()));
      default -> put(store, tenant, one.moved());
    }
  }

  private Map<UUID, Thing> rowsOf(String tenant) {
    return rows.computeIfAbsent(tenant, _ -> new HashMap<>());
  }

  private void put(SearchedStore store, String tenant, Thing thing) {
    rowsOf(tenant).put(thing.id(), thing);
    store.put(tenant, Things.VIEW, thing.id(), thing);
  }

  private Thing row(UUID id) {
    String code = pick(List.of("AB", "BC", "4711", "+49", "m8", "10"));
    for (int i = random.nextInt(3); i > 0; i--) {
      code += pick(List.of("-", "/", " ", ".", "")) + random.nextInt(100);
    }
    @Nullable String note = random.nextInt(5) == 0 ? null : text(random.nextInt(6));
    return new Thing(
        id, text(1 + random.nextInt(3)), note, code, List.of(pick(TAGS), pick(TAGS)), 0);
  }

  private String text(int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(i == 0 ? "" : pick(SEPARATORS)).append(pick(VOCABULARY));
    }
    return text.toString();
  }

  private int compare(SearchedStore store) {
    List<Part> parts = typing.parts();
    String typed = parts.stream().map(Part::typed).collect(Collectors.joining(" "));
    Set<Object> tags = random.nextInt(4) == 0 ? Set.of(pick(TAGS), pick(TAGS) + "x") : Set.of();
    Map<String, Set<Object>> filters = tags.isEmpty() ? Map.of() : Map.of("tag", tags);
    int found = 0;
    for (String tenant : TENANTS) {
      List<UUID> expected = new ArrayList<>();
      for (Thing thing : rowsOf(tenant).values()) {
        if (BruteSearch.matches(parts, thing)
            && (tags.isEmpty() || thing.tags().stream().anyMatch(tags::contains))) {
          expected.add(thing.id());
        }
      }
      Found answer = store.find(tenant, Things.VIEW, typed, filters);
      assertThat(answer.hits().stream().map(hit -> hit.id()))
          .as("%s for <%s> %s", tenant, typed, filters)
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(answer.total()).isEqualTo(expected.size());
      found += expected.size();
    }
    return found;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
