package xalesin.projection;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import xalesin.projection.view.Field;
import xalesin.projection.view.Index;
import xalesin.projection.view.View;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.StreamName;
import xalesin.schemas.inventory.InventoryItemEvent.Deleted;

/**
 * A view for tests whose rows have what the real ones rarely have together: days, decimals and
 * fields with many values. Every event of a stream gives its row new values, drawn from its id.
 */
public final class ProbeView implements View<ProbeView.Probe> {
  /** A row. */
  public record Probe(UUID id, LocalDate day, BigDecimal amount, List<UUID> tags, String word) {}

  private static final Field<Probe> DAY = Field.date("day", Probe::day);
  private static final Field<Probe> AMOUNT = Field.decimal("amount", Probe::amount);
  private static final Field<Probe> TAG = Field.ids("tag", Probe::tags);
  private static final Field<Probe> WORD =
      Field.optionalText("word", row -> row.word().isEmpty() ? null : row.word());

  public static final ProbeView VIEW = new ProbeView();

  private static final int TAGS = 5;

  private ProbeView() {}

  @Override
  public String name() {
    return "probes";
  }

  @Override
  public Class<Probe> rowClass() {
    return Probe.class;
  }

  @Override
  public List<Index<Probe>> indexes() {
    return List.of(
        new Index<>("by-day", "", List.of(), List.of(Index.descending(DAY))),
        new Index<>(
            "by-amount", "", List.of(), List.of(Index.ascending(AMOUNT), Index.descending(DAY))),
        new Index<>("by-tag", "", List.of(TAG), List.of(Index.descending(DAY))),
        new Index<>("by-tag-and-word", "", List.of(WORD, TAG), List.of(Index.descending(AMOUNT))),
        new Index<>("of-a-day", "", List.of(DAY), List.of(Index.ascending(AMOUNT))));
  }

  @Override
  public List<Change<Probe>> fold(RecordedEvent recorded, DomainEvent event, Rows rows) {
    UUID id = StreamName.parse(recorded.stream()).id();
    if (event instanceof Deleted) {
      return List.of(Change.delete(id));
    }
    Random random = new Random(recorded.id().getLeastSignificantBits());
    List<UUID> tags = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      tags.add(new UUID(0, random.nextInt(TAGS)));
    }
    LocalDate day = LocalDate.ofInstant(recorded.recordedAt(), ZoneOffset.UTC);
    BigDecimal amount = BigDecimal.valueOf(random.nextLong(-500, 500), random.nextInt(7));
    String word = random.nextBoolean() ? "" : "word-" + random.nextInt(2);
    return List.of(
        Change.put(
            id,
            new Probe(
                id, day.minusDays(random.nextInt(30)), amount.stripTrailingZeros(), tags, word)));
  }
}
