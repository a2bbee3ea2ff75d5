package xalesin.projection.search;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.projection.view.Field;
import xalesin.projection.view.Index;
import xalesin.projection.view.SearchField;
import xalesin.projection.view.View;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.RecordedEvent;

/** A view for tests of searches: rows with texts, a code and something else that changes. */
record Things(List<SearchField<Things.Thing>> searchable) implements View<Things.Thing> {
  /** A row. */
  record Thing(
      UUID id, String name, @Nullable String note, String code, List<String> tags, long moves) {
    Thing moved() {
      return new Thing(id, name, note, code, tags, moves + 1);
    }
  }

  static final SearchField<Thing> NAME = SearchField.text("name", 4, Thing::name);
  static final SearchField<Thing> NOTE = SearchField.text("note", 1, Thing::note);
  static final SearchField<Thing> CODE = SearchField.code("code", 4, Thing::code);

  static final Things VIEW = new Things(List.of(NAME, CODE, NOTE));

  static Thing thing(String name, @Nullable String note, String code, String... tags) {
    return new Thing(UUID.randomUUID(), name, note, code, List.of(tags), 0);
  }

  @Override
  public String name() {
    return "things";
  }

  @Override
  public Class<Thing> rowClass() {
    return Thing.class;
  }

  @Override
  public List<Index<Thing>> indexes() {
    Field<Thing> tag = Field.texts("tag", Thing::tags);
    Field<Thing> moves = Field.number("moves", Thing::moves);
    return List.of(new Index<>("by-tag", "", List.of(tag), List.of(Index.descending(moves))));
  }

  @Override
  public List<Change<Thing>> fold(RecordedEvent recorded, DomainEvent event, Rows rows) {
    return List.of();
  }
}
