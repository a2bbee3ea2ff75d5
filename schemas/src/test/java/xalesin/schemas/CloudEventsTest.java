package xalesin.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudEventsTest {
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private static RecordedEvent event() {
    return event("command 9", TRACE, "203.0.113.9");
  }

  private static RecordedEvent bare() {
    return event(null, null, null);
  }

  private static RecordedEvent event(
      @Nullable String causation, @Nullable String trace, @Nullable String address) {
    return new RecordedEvent(
        UUID.fromString("0198c4de-0000-7000-8000-000000000001"),
        "acme",
        "inventory-items/0198c4de-0000-7000-8000-000000000002",
        3,
        "StockTransferred",
        1,
        Instant.parse("2026-11-22T09:30:00.123456Z"),
        "Zoë",
        "order 7",
        causation,
        trace,
        address,
        "{\"from\":\"a\",\"to\":\"b\",\"quantity\":\"1\"}".getBytes(UTF_8));
  }

  private static Map<String, byte[]> headers(RecordedEvent event) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    for (CloudEvents.Header header : CloudEvents.headers(event)) {
      assertThat(headers.put(header.name(), header.value())).isNull();
    }
    return headers;
  }

  @Test
  void the_headers_are_those_of_the_contract() {
    Map<String, String> texts = new LinkedHashMap<>();
    headers(event()).forEach((name, value) -> texts.put(name, new String(value, UTF_8)));
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("ce_specversion", "1.0");
    expected.put("ce_id", "0198c4de-0000-7000-8000-000000000001");
    expected.put("ce_source", "/xalesin");
    expected.put("ce_type", "StockTransferred");
    expected.put("ce_subject", "inventory-items/0198c4de-0000-7000-8000-000000000002");
    expected.put("ce_time", "2026-11-22T09:30:00.123456Z");
    expected.put("ce_dataschema", "/schemas/events/StockTransferred/1");
    expected.put("ce_tenant", "acme");
    expected.put("ce_version", "3");
    expected.put("ce_actor", "Zoë");
    expected.put("ce_correlationid", "order 7");
    expected.put("ce_causationid", "command 9");
    expected.put("ce_traceparent", TRACE);
    expected.put("ce_clientaddress", "203.0.113.9");
    expected.put("content-type", "application/json");
    assertThat(texts).containsExactlyEntriesOf(expected);
    assertThat(SchemaFiles.id(SchemaFiles.Kind.EVENTS, "StockTransferred", 1))
        .isEqualTo(texts.get("ce_dataschema"));
  }

  @Test
  void an_event_read_from_its_record_is_the_same() {
    for (RecordedEvent event : new RecordedEvent[] {event(), bare()}) {
      RecordedEvent read = CloudEvents.read(headers(event)::get, event.data());
      assertThat(read).usingRecursiveComparison().isEqualTo(event);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ce_id, x, is not a UUID",
    "ce_time, yesterday, is not a time as in RFC 3339",
    "ce_version, three, is not a whole number",
    "ce_dataschema, /schemas/events/StockTransferred/x, is not a whole number"
  })
  void a_malformed_header_is_named(String name, String value, String detail) {
    Map<String, byte[]> headers = headers(bare());
    headers.put(name, value.getBytes(UTF_8));
    assertThatThrownBy(() -> CloudEvents.read(headers::get, new byte[0]))
        .isInstanceOfSatisfying(
            InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(name))
        .hasMessage(detail);
  }

  @Test
  void a_missing_header_is_named_unless_it_may_be_missing() {
    for (String name : headers(event()).keySet()) {
      Map<String, byte[]> headers = headers(event());
      headers.remove(name);
      switch (name) {
        case "ce_specversion",
            "ce_source",
            "content-type",
            "ce_causationid",
            "ce_traceparent",
            "ce_clientaddress" ->
            assertThat(CloudEvents.read(headers::get, new byte[0]).version()).isEqualTo(3);
        default ->
            assertThatThrownBy(() -> CloudEvents.read(headers::get, new byte[0]))
                .isInstanceOfSatisfying(
                    InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(name))
                .hasMessage("is missing");
      }
    }
  }
}
