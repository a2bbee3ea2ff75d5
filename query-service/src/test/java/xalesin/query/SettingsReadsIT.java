package xalesin.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import xalesin.schemas.StreamName;
import xalesin.schemas.settings.TenantSettings;
import xalesin.schemas.settings.TenantSettingsEvent.Changed;
import xalesin.schemas.settings.TenantSettingsEvent.Established;
import xalesin.schemas.settings.TenantSettingsEvent.PeriodClosed;

/** The settings of a tenant, of which there is one. */
@ExtendWith(TestNode.Started.class)
class SettingsReadsIT {
  private static final StreamName STREAM =
      new StreamName(StreamName.TENANT_SETTINGS, StreamName.ONLY);
  private static final String PATH = "/api/tenant-settings";

  private final TestNode node = TestNode.shared();
  private final TenantStory story = TenantStory.of("settings", node::send);
  private final Reader reader = node.reader(story.tenant());

  private static TenantSettings settings(String currency) {
    return new TenantSettings(currency, 1, List.of("main"), List.of(), Map.of(), Map.of(), null);
  }

  @Test
  void a_tenant_that_never_sent_a_command_has_none_yet() {
    assertThat(reader.get(PATH).problem(404, "not-found").path("detail").asText())
        .isEqualTo(
            "there are no tenant-settings yet: they come into being with the tenant's first"
                + " command");
    reader.get(PATH + "/history").problem(404, "not-found");
  }

  @Test
  void settings_are_served_with_their_version_and_what_is_closed() {
    story.happen(STREAM, new Established(settings("EUR")));
    story.after(1_000).happen(STREAM, new PeriodClosed(LocalDate.parse("2026-10-31")));
    Answer answer = reader.getAfter(story, PATH).expect(200);
    JsonNode row = answer.json();
    assertThat(row.path("baseCurrency").asText()).isEqualTo("EUR");
    assertThat(row.path("locations").path(0).asText()).isEqualTo("main");
    assertThat(row.path("closedThrough").asText()).isEqualTo("2026-10-31");
    assertThat(answer.header("ETag")).isEqualTo("\"2\"");
    reader.get(PATH, "If-None-Match", "\"2\"").expect(304);
    assertThat(reader.get(PATH + "?fields=version").text()).isEqualTo("{\"version\":2}");
    reader.get(PATH + "?limit=3").problem(400, "unknown-parameter");
  }

  @Test
  void settings_have_a_past() {
    story.happen(STREAM, new Established(settings("EUR")));
    story.happen(STREAM, new Changed(settings("USD")));
    Answer history = reader.getAfter(story, PATH + "/history").expect(200);
    assertThat(history.total()).isEqualTo(2);
    assertThat(history.json().path("items").path(0).path("type").asText())
        .isEqualTo("TenantEstablished");
    assertThat(reader.get(PATH + "?asOf=1").json().path("baseCurrency").asText()).isEqualTo("EUR");
    assertThat(reader.get(PATH + "?asOf=2").json().path("baseCurrency").asText()).isEqualTo("USD");
    reader.get(PATH + "?asOf=3").problem(404, "not-found");
  }

  @Test
  void the_stock_is_worth_what_all_items_are_worth() {
    var tea = story.create("A-1", "Tea");
    var salt = story.create("B-1", "Salt");
    story.receive(tea, 10);
    story.receive(salt, 5);
    story.issue(tea, 4);
    JsonNode rows = reader.getAfter(story, "/api/stock-valuation").expect(200).json().path("items");
    assertThat(rows).hasSize(1);
    assertThat(rows.path(0).path("currency").asText()).isEqualTo("EUR");
    assertThat(rows.path(0).path("value").asText()).isEqualTo("108.9");
    assertThat(
            reader.get("/api/inventory-items/" + tea).json().path("value").path("amount").asText())
        .isEqualTo("59.4");
    assertThat(
            reader
                .get("/api/stock-movements?kind=issue")
                .json()
                .path("items")
                .path(0)
                .path("value")
                .path("amount")
                .asText())
        .isEqualTo("-39.6");
  }
}
