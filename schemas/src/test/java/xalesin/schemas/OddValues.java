package xalesin.schemas;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Bodies that differ from a good one in one place each: every part of it, however deep, is left
 * out, replaced by every odd value, and has something unknown beside it; lists get other lengths.
 */
final class OddValues {
  private static final String TEXTS =
      """
      "" " " "x" " x" "x " "x\\n" "\\nx" "\\u3000x" "x\\u2028" "\\u00a0x" "x\\u001c" "a\\u0000b"
      "a\\nb" "a\\u007fb" "a\\u0085b" "\\ud83d\\ude00" "\\ud83d" "a\\ude00b" "Ünï"
      """;

  private static final String NUMBERS =
      """
      "0" "-0" "-0.0" "00.50" "5" "-5" "+5" "5." ".5" "1e3" "1,5" "٣" "5\\n" " 5" "1" "1.0" "1.000001"
      "0.19" "-0.19" "0.000001" "0.0000001" "0.000001000000" "0.0000010000000" "0.1234567"
      "999999999999.999999" "1000000000000" "000000999999999999" "0000000999999999999"
      "999999999999999.999999" "1000000000000000" "000000000000000001" "0000000000000000001" "-1"
      "1000000000000000000"
      null true false 0 1 -1 1.0 1.5 1e0 1e2 12 13 12.0 3653 3654 2147483647 2147483648 -2147483649
      1e400 9007199254740993
      """;

  private static final String OTHERS =
      """
      "0198c4de-0000-7000-8000-000000000002" "0198C4DE-0000-7000-8000-00000000000A" "0198c4de"
      "+198c4de-0000-7000-8000-000000000001" "00198c4de-000-7000-8000-000000000001"
      "0198c4de-0000-7000-8000-000000000001\\n" "AZjE3gAAcACAAAAAAAAAAQ=="
      "2026-02-28" "2026-02-29" "2028-02-29" "2026-13-01" "2026-00-10" "2026-04-31" "2026-3-9"
      "1899-12-31" "1900-01-01" "2999-12-31" "3000-01-01" "12026-01-01" "-2026-01-1"
      "2026-02-28T00:00:00Z" "20260228" "2026-02-28\\n" "2026-02-28 "
      "customer" "supplier" "Customer" "CUSTOMER" " customer" "customer " "asset" "ASSET" "income"
      "EUR" "eur" "EU" "EURO" "EUR\\n" "DE" "de" "D1"
      "a@b" "@b" "a@" "a@b@c" "ab" " a@b" "a@b " "a b@c d"
      "{year}{number:6}" "{number:6}{year}" "{year}" "{number:6}" "{year}-{number:0}"
      "{year} {number:1}" "{year}{number:10}" "{year}{number:1}{x}" "A/b_c.d-{year}{number:9}Z"
      [] {} [[]] [null] ["x"] ["x", "x"] [1] [{}] ["customer", "customer"]
      {"amount": "1", "currency": "EUR"} {"amount": "0", "currency": "EUR"}
      {"amount": "-1", "currency": "EUR"} {"amount": 1, "currency": "EUR"}
      {"amount": "999999999999999", "currency": "EUR"}
      {"amount": "1000000000000000", "currency": "EUR"} {"amount": "1", "currency": "eur"}
      {"amount": "1", "currency": null} {"amount": null, "currency": "EUR"} {"amount": "1"}
      {"currency": "EUR"} {"amount": "1", "currency": "EUR", "more": 1}
      {"cash": null} {"cash": "0198c4de-0000-7000-8000-000000000001"} {" cash": "0198c4de-0000-7000-8000-000000000001"}
      {"CASH": "0198c4de-0000-7000-8000-000000000001"}
      {"invoice": null} {"invoice": "{year}{number:1}"} {"x": "{year}{number:1}"}
      {"line": 1, "quantity": "1"} {"line": 0, "quantity": "1"} {"line": null, "quantity": "1"}
      """;

  /** Keeps 1e400 as it is. */
  private static final ObjectReader EXACT =
      Json.MAPPER
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

  private static final List<JsonNode> ALL = all();

  private OddValues() {}

  private static List<JsonNode> all() {
    List<JsonNode> all = new ArrayList<>();
    for (String values : List.of(TEXTS, NUMBERS, OTHERS)) {
      try (MappingIterator<JsonNode> read = EXACT.readValues(values)) {
        read.forEachRemaining(all::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    for (int limit : List.of(40, Check.CODE, Check.NAME, Check.TEXT)) {
      for (String character : List.of("x", "\ud83d\ude00")) {
        all.add(new TextNode(character.repeat(limit)));
        all.add(new TextNode(character.repeat(limit + 1)));
      }
    }
    all.add(new TextNode("a@" + "b".repeat(Check.NAME - 2)));
    all.add(new TextNode("a@" + "b".repeat(Check.NAME - 1)));
    all.add(new TextNode("{year}{number:6}" + "x".repeat(24)));
    all.add(new TextNode("{year}{number:6}" + "x".repeat(25)));
    return List.copyOf(all);
  }

  /** Every mutation of the body, one at a time; the body is the same again afterwards. */
  static void each(ObjectNode body, Consumer<ObjectNode> mutated) {
    each(body, () -> mutated.accept(body));
  }

  private static void each(JsonNode at, Runnable look) {
    switch (at) {
      case ObjectNode object -> eachOfObject(object, look);
      case ArrayNode array -> eachOfArray(array, look);
      default -> {}
    }
  }

  private static void eachOfObject(ObjectNode object, Runnable look) {
    for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      withEach(value, odd -> object.set(name, odd), look);
      List<Map.Entry<String, JsonNode>> order = List.copyOf(object.properties());
      object.remove(name);
      look.run();
      object.removeAll();
      order.forEach(entry -> object.set(entry.getKey(), entry.getValue()));
      object.set(name, value);
      each(value, look);
    }
    object.put("unknown", 1);
    look.run();
    object.remove("unknown");
  }

  private static void eachOfArray(ArrayNode array, Runnable look) {
    for (int i = 0; i < array.size(); i++) {
      int index = i;
      JsonNode value = array.get(i);
      withEach(value, odd -> array.set(index, odd), look);
      each(value, look);
    }
    if (!array.isEmpty()) {
      ArrayNode before = array.deepCopy();
      for (int size : List.of(0, 1, 2, 5, 6, 50, 51, 100, 101, 200, 201, 1_000, 1_001)) {
        array.removeAll();
        Stream.iterate(0, i -> i + 1).limit(size).forEach(i -> array.add(other(before.get(0), i)));
        look.run();
      }
      array.removeAll().addAll(before);
    }
  }

  /** The same but for what has to differ from element to element. */
  private static JsonNode other(JsonNode element, int i) {
    if (element instanceof ObjectNode object) {
      ObjectNode copy = object.deepCopy();
      BiConsumer<String, JsonNode> replace =
          (name, value) -> {
            if (copy.has(name)) {
              copy.set(name, value);
            }
          };
      replace.accept("line", JsonNodeFactory.instance.numberNode(i + 1));
      replace.accept("name", new TextNode("n" + i));
      return copy;
    }
    return new TextNode(i == 0 ? element.asText() : "x" + i);
  }

  private static void withEach(JsonNode value, Consumer<JsonNode> set, Runnable look) {
    for (JsonNode odd : ALL) {
      set.accept(odd.deepCopy());
      look.run();
    }
    set.accept(value);
  }
}
