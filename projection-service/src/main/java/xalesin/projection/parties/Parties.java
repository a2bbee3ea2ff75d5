package xalesin.projection.parties;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.projection.view.Field;
import xalesin.projection.view.Index;
import xalesin.projection.view.SearchField;
import xalesin.projection.view.View;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.StreamName;
import xalesin.schemas.parties.PartyEvent;
import xalesin.schemas.parties.PartyEvent.Activated;
import xalesin.schemas.parties.PartyEvent.Deactivated;
import xalesin.schemas.parties.PartyEvent.Details;
import xalesin.schemas.parties.PartyEvent.DetailsChanged;
import xalesin.schemas.parties.PartyEvent.Registered;
import xalesin.schemas.parties.PartyRow;

/** Customers and suppliers; a row for each, for good. Stateless, thread-safe. */
public final class Parties implements View<PartyRow> {
  private static final Field<PartyRow> STATUS = Field.text("status", PartyRow::status);
  private static final Field<PartyRow> NAME = Field.text("name", PartyRow::name);
  private static final List<Index.Order<PartyRow>> NEWEST_FIRST =
      List.of(Index.descending(Field.time("updatedAt", PartyRow::updatedAt)));

  public static final Index<PartyRow> BY_UPDATED =
      new Index<>("by-updated", "Who has changed last?", List.of(), NEWEST_FIRST);
  public static final Index<PartyRow> BY_STATUS =
      new Index<>("by-status", "Which parties are active?", List.of(STATUS), NEWEST_FIRST);
  public static final Index<PartyRow> BY_NAME =
      new Index<>("by-name", "Who is called so?", List.of(), List.of(Index.ascending(NAME)));

  public static final Parties VIEW = new Parties();

  private static final List<SearchField<PartyRow>> SEARCHABLE =
      List.of(
          SearchField.text("name", 4, PartyRow::name),
          SearchField.code("email", 2, PartyRow::email),
          SearchField.code("phone", 2, PartyRow::phone));

  private static final List<Index<PartyRow>> INDEXES = List.of(BY_UPDATED, BY_STATUS, BY_NAME);

  private Parties() {}

  @Override
  public String name() {
    return StreamName.PARTIES;
  }

  @Override
  public Class<PartyRow> rowClass() {
    return PartyRow.class;
  }

  @Override
  public List<Index<PartyRow>> indexes() {
    return INDEXES;
  }

  @Override
  public List<SearchField<PartyRow>> searchable() {
    return SEARCHABLE;
  }

  @Override
  public List<Change<PartyRow>> fold(RecordedEvent recorded, DomainEvent event, Rows rows) {
    if (!(event instanceof PartyEvent partyEvent)) {
      return List.of();
    }
    UUID id = StreamName.parse(recorded.stream()).id();
    PartyRow before = rows.get(this, id);
    PartyRow row =
        switch (partyEvent) {
          case Registered registered -> {
            if (before != null) {
              throw new IllegalStateException("party " + id + " was registered before");
            }
            yield row(id, registered.details(), PartyRow.ACTIVE, recorded, recorded.recordedAt());
          }
          case DetailsChanged changed -> {
            PartyRow party = known(id, before);
            yield row(id, changed.details(), party.status(), recorded, party.createdAt());
          }
          case Activated _ -> withStatus(known(id, before), PartyRow.ACTIVE, recorded);
          case Deactivated _ -> withStatus(known(id, before), PartyRow.INACTIVE, recorded);
        };
    return List.of(Change.put(id, row));
  }

  private static PartyRow known(UUID id, @Nullable PartyRow before) {
    if (before == null) {
      throw new IllegalStateException("party " + id + " does not exist");
    }
    return before;
  }

  private static PartyRow withStatus(PartyRow party, String status, RecordedEvent recorded) {
    return row(party.id(), details(party), status, recorded, party.createdAt());
  }

  private static Details details(PartyRow party) {
    return new Details(
        party.kinds(),
        party.name(),
        party.email(),
        party.phone(),
        party.addresses(),
        party.contacts(),
        party.taxId(),
        party.paymentTermDays(),
        party.creditLimit());
  }

  private static PartyRow row(
      UUID id, Details details, String status, RecordedEvent recorded, Instant createdAt) {
    return new PartyRow(
        id,
        details.kinds(),
        details.name(),
        details.email(),
        details.phone(),
        details.addresses(),
        details.contacts(),
        details.taxId(),
        details.paymentTermDays(),
        details.creditLimit(),
        status,
        recorded.version(),
        createdAt,
        recorded.recordedAt());
  }
}
