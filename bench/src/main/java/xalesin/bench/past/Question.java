package xalesin.bench.past;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A read that must be an index range scan, with the ways in which it is asked of one tenant. All of
 * them find rows.
 *
 * @param name in the words of the contract
 * @param view the resource that is read
 * @param index that serves it, or null when it is a search
 * @param large parameters that a fixed part of all rows meet, whatever their number; paged through
 * @param small parameters that as many rows meet however many there are
 * @param ranges parameters with bounds on the order field
 */
public record Question(
    String name,
    String view,
    @Nullable String index,
    List<String> large,
    List<String> small,
    List<String> ranges) {
  public Question {
    large = List.copyOf(large);
    small = List.copyOf(small);
    ranges = List.copyOf(ranges);
  }

  static Question search(String name, String view, List<String> words) {
    List<String> queries = words.stream().map(q -> "q=" + q.replace(" ", "%20")).toList();
    return new Question(name, view, null, List.of(), queries, List.of());
  }

  public String path() {
    return "/api/" + view;
  }
}
