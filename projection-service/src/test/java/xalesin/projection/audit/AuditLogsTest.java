package xalesin.projection.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import xalesin.projection.Told;
import xalesin.schemas.EventTypes;
import xalesin.schemas.Json;
import xalesin.schemas.RawJson;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.StreamName;
import xalesin.schemas.audit.AuditLogRow;
import xalesin.schemas.finance.AccountEvent.DetailsChanged;
import xalesin.schemas.finance.AccountEvent.Opened;
import xalesin.schemas.finance.AccountType;

class AuditLogsTest {
  private static final StreamName ACCOUNT = new StreamName(StreamName.ACCOUNTS, new UUID(1, 1));
  private static final DetailsChanged RENAMED = new DetailsChanged("1000", "\"Kasse\" ÄÖ 𝄞");

  private final Told told = new Told();

  private AuditLogRow renamed() {
    told.given(ACCOUNT, new Opened("1000", "Cash", AccountType.ASSET, null), RENAMED);
    return told.row(AuditLogs.VIEW, Told.event(2));
  }

  @Test
  void every_event_is_a_row_with_who_when_and_what() {
    AuditLogRow row = renamed();
    assertThat(told.rows(AuditLogs.VIEW)).hasSize(2);
    assertThat(row.date()).isEqualTo(Told.START.plusSeconds(2));
    assertThat(row.user()).isEqualTo("ada");
    assertThat(row.resource()).isEqualTo("accounts");
    assertThat(row.subject()).isEqualTo(ACCOUNT.id());
    assertThat(row.type()).isEqualTo("AccountDetailsChanged");
    assertThat(row.version()).isEqualTo(2);
    assertThat(row.correlationId()).isEqualTo("correlation");
    assertThat(row.causationId()).isNull();
  }

  @Test
  void the_data_is_the_event_byte_by_byte() {
    AuditLogRow row = renamed();
    assertThat(row.data()).isEqualTo(new RawJson(Json.write(RENAMED)));
    String json = new String(Json.write(row), UTF_8);
    assertThat(json)
        .contains("\"data\":" + new String(Json.write(RENAMED), UTF_8) + ",\"version\":2}");
    assertThat(Json.read(json.getBytes(UTF_8), AuditLogRow.class)).isEqualTo(row);
  }

  @Test
  void large_and_empty_data_are_copied_whole() {
    for (int length : List.of(0, 1, 7_990, 8_000, 100_000)) {
      byte[] data = ("{\"text\":\"" + "ü".repeat(length) + "\"}").getBytes(UTF_8);
      assertThat(Json.write(List.of(new RawJson(data), new RawJson("{}".getBytes(UTF_8)))))
          .isEqualTo(("[" + new String(data, UTF_8) + ",{}]").getBytes(UTF_8));
    }
  }

  @Test
  void an_event_can_be_read_again_from_its_row() {
    AuditLogRow row = renamed();
    RecordedEvent recorded = AuditLogs.recorded("acme", row);
    assertThat(EventTypes.read(recorded)).isEqualTo(RENAMED);
    assertThat(recorded.stream()).isEqualTo(ACCOUNT.toString());
    assertThat(recorded.tenant()).isEqualTo("acme");
    assertThat(recorded.recordedAt()).isEqualTo(row.date());
  }
}
