package xalesin.projection.finance;

import static xalesin.schemas.finance.AccountRow.ACTIVE;
import static xalesin.schemas.finance.AccountRow.CLOSED;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.projection.view.Field;
import xalesin.projection.view.Index;
import xalesin.projection.view.View;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.AccountEvent;
import xalesin.schemas.finance.AccountEvent.Closed;
import xalesin.schemas.finance.AccountEvent.DetailsChanged;
import xalesin.schemas.finance.AccountEvent.Opened;
import xalesin.schemas.finance.AccountRow;

/** The chart of accounts; one row per account, closed ones too. Stateless, thread-safe. */
public final class Accounts implements View<AccountRow> {
  private static final Field<AccountRow> CODE = Field.text("code", AccountRow::code);
  private static final Field<AccountRow> TYPE =
      Field.text("type", row -> row.type().name().toLowerCase(Locale.ROOT));
  private static final Field<AccountRow> STATUS = Field.text("status", AccountRow::status);
  private static final Field<AccountRow> UPDATED_AT =
      Field.time("updatedAt", AccountRow::updatedAt);
  private static final List<Index.Order<AccountRow>> IN_ORDER = List.of(Index.ascending(CODE));

  public static final Index<AccountRow> BY_UPDATED =
      new Index<>(
          "by-updated", "What has changed last?", List.of(), List.of(Index.descending(UPDATED_AT)));
  public static final Index<AccountRow> BY_CODE =
      new Index<>("by-code", "Which accounts are there?", List.of(), IN_ORDER);
  public static final Index<AccountRow> BY_TYPE =
      new Index<>("by-type", "Which accounts are assets?", List.of(TYPE), IN_ORDER);
  public static final Index<AccountRow> BY_STATUS =
      new Index<>("by-status", "Which accounts can be posted to?", List.of(STATUS), IN_ORDER);

  public static final Accounts VIEW = new Accounts();

  private static final List<Index<AccountRow>> INDEXES =
      List.of(BY_UPDATED, BY_CODE, BY_TYPE, BY_STATUS);

  private Accounts() {}

  @Override
  public String name() {
    return StreamName.ACCOUNTS;
  }

  @Override
  public Class<AccountRow> rowClass() {
    return AccountRow.class;
  }

  @Override
  public List<Index<AccountRow>> indexes() {
    return INDEXES;
  }

  @Override
  public List<Change<AccountRow>> fold(RecordedEvent recorded, DomainEvent event, Rows rows) {
    if (!(event instanceof AccountEvent accountEvent)) {
      return List.of();
    }
    UUID id = StreamName.parse(recorded.stream()).id();
    return List.of(Change.put(id, fold(rows.get(this, id), id, recorded, accountEvent)));
  }

  private static AccountRow fold(
      @Nullable AccountRow before, UUID id, RecordedEvent recorded, AccountEvent event) {
    if (event instanceof Opened opened) {
      if (before != null) {
        throw new IllegalStateException("account " + id + " was opened before");
      }
      return opened(id, recorded, opened);
    }
    if (before == null) {
      throw new IllegalStateException("account " + id + " does not exist");
    }
    return switch (event) {
      case Opened _ -> throw new AssertionError("is handled above");
      case DetailsChanged(var code, var name) ->
          changed(before, code, name, before.status(), recorded);
      case Closed() -> changed(before, before.code(), before.name(), CLOSED, recorded);
    };
  }

  private static AccountRow opened(UUID id, RecordedEvent recorded, Opened opened) {
    return new AccountRow(
        id,
        opened.code(),
        opened.name(),
        opened.type(),
        opened.currency(),
        ACTIVE,
        recorded.version(),
        recorded.recordedAt(),
        recorded.recordedAt());
  }

  private static AccountRow changed(
      AccountRow before, String code, String name, String status, RecordedEvent recorded) {
    return new AccountRow(
        before.id(),
        code,
        name,
        before.type(),
        before.currency(),
        status,
        recorded.version(),
        before.createdAt(),
        recorded.recordedAt());
  }
}
