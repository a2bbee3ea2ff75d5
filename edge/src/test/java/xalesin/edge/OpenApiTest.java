package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import xalesin.schemas.Json;

class OpenApiTest {
  private static final Parameter ID = Parameter.path("id", "Whose.", Shape.id());

  private static Route route(String path) {
    return TestDoor.get(path, Role.VIEWER, exchange -> exchange.json(200, List.of()));
  }

  private static Operation operation(String id) {
    return Operation.of(id, "things", "A thing");
  }

  private static void refused(String why, Route... routes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContractRoutes.around(List.of(routes)))
        .withMessageContaining(why);
  }

  @Test
  void a_route_that_does_not_say_what_it_does_is_refused() {
    refused("GET /api/things", route("/api/things"));
  }

  @Test
  void an_operation_has_an_id_of_its_own() {
    refused(
        "things.get",
        route("/api/things").described(operation("things.get")),
        route("/api/others").described(operation("things.get")));
  }

  @Test
  void the_parameters_of_the_path_are_those_that_are_described() {
    refused("[id]", route("/api/things/{id}").described(operation("things.get")));
    refused("[id]", route("/api/things").described(operation("things.get").takes(ID)));
  }

  @Test
  void a_header_that_nobody_explains_is_refused() {
    refused(
        "Unheard",
        route("/api/things")
            .described(operation("things.get").answers(200, "Them.", null, List.of("Unheard"))));
  }

  @Test
  void a_route_is_told_with_its_role_and_with_what_the_door_does() throws IOException {
    JsonNode document =
        Json.STRICT.readTree(
            OpenApi.of(
                List.of(route("/api/things/{id}").described(operation("things.get").takes(ID)))));
    JsonNode told = document.at("/paths/~1api~1things~1{id}/get");
    assertThat(told.path("operationId").asText()).isEqualTo("things.get");
    assertThat(told.at("/security/0/bearer/0").asText()).isEqualTo("viewer");
    assertThat(told.at("/parameters/0/required").asBoolean()).isTrue();
    assertThat(told.path("responses").properties().stream().map(java.util.Map.Entry::getKey))
        .contains("400", "401", "403", "429", "431", "500", "503")
        .doesNotContain("413", "415");
  }
}
