package xalesin.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who reads {@code docs/events.md} finds every event there, and none that does not exist. */
class EventDocsTest {
  @Test
  void every_event_is_named_with_its_version() {
    Map<String, Integer> registered = new LinkedHashMap<>();
    EventTypes.all().forEach(type -> registered.put(type.name(), type.schemaVersion()));
    Map<String, Integer> documented = new LinkedHashMap<>();
    EventDocs.read().rows().forEach((name, row) -> documented.put(name, row.version()));
    assertThat(documented).isEqualTo(registered);
  }

  @Test
  void every_event_stands_under_a_stream_that_there_is() {
    EventDocs.read()
        .rows()
        .forEach(
            (name, row) ->
                assertThat(row.resource())
                    .as(name)
                    .isIn(
                        StreamName.INVENTORY_ITEMS,
                        StreamName.TENANT_SETTINGS,
                        StreamName.ACCOUNTS,
                        StreamName.FINANCIAL_TRANSACTIONS,
                        StreamName.PARTIES,
                        StreamName.CREDIT,
                        StreamName.SALES_ORDERS,
                        StreamName.PURCHASE_ORDERS));
  }
}
