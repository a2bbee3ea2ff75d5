package xalesin.projection.audit;

import java.util.List;
import xalesin.projection.view.Field;
import xalesin.projection.view.Index;
import xalesin.projection.view.View;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.RawJson;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.StreamName;
import xalesin.schemas.audit.AuditLogRow;

/**
 * Every event of a tenant as a row: the audit log, and the history of each stream. An event's data
 * is copied, not read. Stateless, thread-safe.
 */
public final class AuditLogs implements View<AuditLogRow> {
  private static final Field<AuditLogRow> USER = Field.text("user", AuditLogRow::user);
  private static final Field<AuditLogRow> RESOURCE = Field.text("resource", AuditLogRow::resource);
  private static final Field<AuditLogRow> SUBJECT = Field.id("subject", AuditLogRow::subject);
  private static final Field<AuditLogRow> VERSION = Field.number("version", AuditLogRow::version);
  private static final Index.Order<AuditLogRow> NEWEST_FIRST =
      Index.descending(Field.time("date", AuditLogRow::date));

  public static final Index<AuditLogRow> BY_DATE =
      new Index<>("by-date", "What has happened?", List.of(), List.of(NEWEST_FIRST));
  public static final Index<AuditLogRow> BY_USER_AND_DATE =
      new Index<>(
          "by-user-and-date", "What has this user done?", List.of(USER), List.of(NEWEST_FIRST));
  public static final Index<AuditLogRow> BY_SUBJECT_AND_DATE =
      new Index<>(
          "by-subject-and-date",
          "What has happened to this?",
          List.of(SUBJECT),
          List.of(NEWEST_FIRST, Index.descending(VERSION)));
  public static final Index<AuditLogRow> BY_STREAM =
      new Index<>(
          "by-stream",
          "What is the history of this stream?",
          List.of(RESOURCE, SUBJECT),
          List.of(Index.ascending(VERSION)));

  public static final AuditLogs VIEW = new AuditLogs();

  private static final List<Index<AuditLogRow>> INDEXES =
      List.of(BY_DATE, BY_USER_AND_DATE, BY_SUBJECT_AND_DATE, BY_STREAM);

  private AuditLogs() {}

  @Override
  public String name() {
    return "audit-logs";
  }

  @Override
  public Class<AuditLogRow> rowClass() {
    return AuditLogRow.class;
  }

  @Override
  public List<Index<AuditLogRow>> indexes() {
    return INDEXES;
  }

  @Override
  public boolean isReadByFolds() {
    return false;
  }

  @Override
  public List<Change<AuditLogRow>> fold(RecordedEvent recorded, DomainEvent event, Rows rows) {
    StreamName stream = StreamName.parse(recorded.stream());
    AuditLogRow row =
        new AuditLogRow(
            recorded.id(),
            recorded.recordedAt(),
            recorded.actor(),
            stream.resource(),
            stream.id(),
            recorded.type(),
            recorded.schemaVersion(),
            recorded.correlationId(),
            recorded.causationId(),
            recorded.clientAddress(),
            new RawJson(recorded.data()),
            recorded.version());
    return List.of(Change.put(row.id(), row));
  }

  /** The event as it was recorded, but for its trace. */
  public static RecordedEvent recorded(String tenant, AuditLogRow row) {
    return new RecordedEvent(
        row.id(),
        tenant,
        new StreamName(row.resource(), row.subject()).toString(),
        row.version(),
        row.type(),
        row.schema(),
        row.date(),
        row.user(),
        row.correlationId(),
        row.causationId(),
        null,
        row.clientAddress(),
        row.data().utf8());
  }
}
