package xalesin.bench.past;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.StreamName;
import xalesin.schemas.parties.PartyKind;

/**
 * Orders are placed; one in twenty goes on, one in fifty is cancelled. A group is a party of one
 * kind, registered at its first order.
 */
abstract class OrderPast extends Past {
  static final String TWICE = "ordered twice";

  private static final int GO_ON = 20;
  private static final int CANCEL = 50;

  private final String resource;
  private final PartyKind kind;
  private final BitSet known = new BitSet();

  /**
   * @param resource whose rows the orders are
   * @param kind of the parties that they are made with
   */
  OrderPast(int rows, long seed, Instant end, String resource, PartyKind kind) {
    super(rows, seed, end);
    this.resource = resource;
    this.kind = kind;
  }

  /** The event by which the order comes into being. */
  abstract DomainEvent placed(int number, int party, LocalDate date, String author);

  /** The event by which it goes on. */
  abstract DomainEvent next();

  abstract DomainEvent cancelled();

  @Override
  final void tell(int number, Instant at, List<Happening> happenings) {
    int party = group();
    String actor = actor();
    if (!known.get(party)) {
      known.set(party);
      happenings.add(
          new Happening(
              stream(StreamName.PARTIES, party),
              1,
              PartyPast.registered(party, party, kind),
              at,
              actor));
    }
    String stream = stream(resource, number);
    LocalDate date = at.atOffset(ZoneOffset.UTC).toLocalDate();
    happenings.add(new Happening(stream, 1, placed(number, party, date, actor), at, actor));
    if (oneIn(GO_ON)) {
      happenings.add(new Happening(stream, 2, next(), at.plusSeconds(1), actor));
    } else if (oneIn(CANCEL)) {
      happenings.add(new Happening(stream, 2, cancelled(), at.plusSeconds(1), actor));
    }
  }

  /** As a filter: {@code customer=…}. */
  final String of(int party) {
    return kind.name().toLowerCase(Locale.ROOT) + "=" + id(StreamName.PARTIES, party);
  }

  /** By status, and by party, each with their dates. */
  @Override
  public List<Question> questions() {
    String orders = resource.replace('-', ' ');
    String party = kind.name().toLowerCase(Locale.ROOT);
    return List.of(
        new Question(
            orders + " by status and date",
            resource,
            "by-status-and-date",
            List.of("status=draft", "status=cancelled"),
            List.of(),
            days("status=draft", "date")),
        new Question(
            orders + " by " + party + " and date",
            resource,
            "by-" + party + "-and-date",
            List.of(of(LARGE)),
            some(groups() - 1, this::of),
            days(of(LARGE), "date")));
  }
}
