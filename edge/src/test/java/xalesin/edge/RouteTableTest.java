package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import xalesin.edge.RouteTable.Found;

class RouteTableTest {
  private final RouteTable<String> table = new RouteTable<>();

  @BeforeEach
  void routes() {
    table.add(Verb.GET, "/api/items", "list");
    table.add(Verb.POST, "/api/items", "create");
    table.add(Verb.GET, "/api/items/anchors", "anchors");
    table.add(Verb.GET, "/api/items/{id}", "get");
    table.add(Verb.POST, "/api/items/{id}/receive", "receive");
    table.add(Verb.GET, "/api/{kind}/{id}/history", "history");
  }

  @Test
  void a_literal_segment_wins_over_a_parameter() {
    assertThat(table.find(Verb.GET, "/api/items/anchors"))
        .isEqualTo(new Found.Match<>("anchors", Map.of()));
    assertThat(table.find(Verb.GET, "/api/items/7"))
        .isEqualTo(new Found.Match<>("get", Map.of("id", "7")));
  }

  @Test
  void a_literal_that_leads_nowhere_does_not_hide_a_parameter() {
    assertThat(table.find(Verb.GET, "/api/items/7/history"))
        .isEqualTo(new Found.Match<>("history", Map.of("kind", "items", "id", "7")));
  }

  @Test
  void parameters_are_decoded_once_and_a_plus_stays_a_plus() {
    assertThat(table.find(Verb.GET, "/api/items/a%2Fb+c%20d%2525"))
        .isEqualTo(new Found.Match<>("get", Map.of("id", "a/b+c d%25")));
    assertThatThrownBy(() -> table.find(Verb.GET, "/api/items/%zz"))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void a_known_path_with_another_method_names_those_that_are_allowed() {
    assertThat(table.find(Verb.DELETE, "/api/items"))
        .isEqualTo(new Found.WrongVerb<>("GET, HEAD, POST"));
    assertThat(table.find(null, "/api/items/7/receive")).isEqualTo(new Found.WrongVerb<>("POST"));
  }

  @Test
  void other_paths_lead_nowhere() {
    for (String path :
        new String[] {
          "/",
          "/api",
          "/api/items/",
          "/api/items//receive",
          "//api/items",
          "/api/items/7/receive/",
          "/API/items",
          "*",
          "",
          "/x".repeat(1000)
        }) {
      assertThat(table.find(Verb.GET, path)).as(path).isEqualTo(new Found.Nothing<>());
    }
  }

  @Test
  void two_routes_for_the_same_requests_are_a_mistake() {
    assertThatThrownBy(() -> table.add(Verb.GET, "/api/items/{other}", "again"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
