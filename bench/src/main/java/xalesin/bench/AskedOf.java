package xalesin.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import xalesin.bench.inventory.Tenant;
import xalesin.bench.past.Question;
import xalesin.bench.stack.Stack;
import xalesin.schemas.Json;

/** Makes the paths of questions, with cursors of the tenant. Stateless. */
final class AskedOf {
  private static final String PAGE = "&limit=50";

  /** Places spread over a list from which it is read on. */
  private static final int PLACES = 40;

  /** The bounds of the step of anchors. */
  private static final int LEAST_STEP = 50;

  private static final int MOST_STEP = 1_000;

  private AskedOf() {}

  /** The question with all its ways. */
  static Asked of(Stack stack, Tenant tenant, Question question)
      throws IOException, InterruptedException {
    List<List<String>> ways = new ArrayList<>();
    ways.add(pages(question, question.large()));
    ways.add(deep(stack, tenant, question));
    ways.add(pages(question, question.small()));
    ways.add(pages(question, question.ranges()));
    ways.removeIf(List::isEmpty);
    return new Asked(question, tenant, ways);
  }

  private static List<String> pages(Question question, List<String> parameters) {
    return parameters.stream().map(each -> question.path() + "?" + each + PAGE).toList();
  }

  private static List<String> deep(Stack stack, Tenant tenant, Question question)
      throws IOException, InterruptedException {
    List<String> paths = new ArrayList<>();
    for (String parameters : question.large()) {
      String list = question.path() + "?" + parameters;
      long total = read(stack, tenant, list + "&limit=1").path("total").asLong();
      long step = Math.clamp(total / PLACES, LEAST_STEP, MOST_STEP);
      String anchors = question.path() + "/anchors?" + parameters + "&step=" + step;
      JsonNode cursors = read(stack, tenant, anchors).path("cursors");
      int stride = Math.max(1, cursors.size() / PLACES);
      // The last place may have nothing behind it.
      for (int i = 0; i < cursors.size() - 1; i += stride) {
        paths.add(list + PAGE + "&cursor=" + cursors.get(i).asText());
      }
    }
    return paths;
  }

  private static JsonNode read(Stack stack, Tenant tenant, String path)
      throws IOException, InterruptedException {
    return Json.MAPPER.readTree(stack.get(path, tenant.token()));
  }
}
