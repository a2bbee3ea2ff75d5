package xalesin.bench.past;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import xalesin.schemas.StreamName;
import xalesin.schemas.parties.Address;
import xalesin.schemas.parties.PartyEvent.Deactivated;
import xalesin.schemas.parties.PartyEvent.Details;
import xalesin.schemas.parties.PartyEvent.Registered;
import xalesin.schemas.parties.PartyKind;

/** Parties are registered, and one in thirty is deactivated. A group is a family of companies. */
final class PartyPast extends Past {
  private static final int INACTIVE = 30;
  private static final int TERM_DAYS = 30;
  private static final List<String> FORMS = List.of("Trading", "Works", "Foods", "Logistics");

  PartyPast(int rows, long seed, Instant end) {
    super(rows, seed, end);
  }

  @Override
  public List<Question> questions() {
    String parties = StreamName.PARTIES;
    return List.of(
        new Question(
            "parties active by update time",
            parties,
            "by-status",
            List.of("status=active"),
            List.of(),
            days("status=active", "updatedAt")),
        Question.search(
            "parties by text, a part of all", parties, List.of("trading", "works", "logi")),
        Question.search(
            "parties by text, a few",
            parties,
            some(groups() - 1, group -> Names.brand(group).toLowerCase(Locale.ROOT))));
  }

  @Override
  void tell(int number, Instant at, List<Happening> happenings) {
    String stream = stream(StreamName.PARTIES, number);
    String actor = actor();
    Registered registered = registered(number, group(), PartyKind.CUSTOMER);
    happenings.add(new Happening(stream, 1, registered, at, actor));
    if (oneIn(INACTIVE)) {
      happenings.add(new Happening(stream, 2, new Deactivated(), at.plusSeconds(1), actor));
    }
  }

  static Registered registered(int number, int group, PartyKind kind) {
    String brand = Names.brand(group);
    Address address =
        new Address(
            "billing",
            List.of("Harbour Street " + (1 + number % 200)),
            "Hamburg",
            null,
            Integer.toString(20_000 + number % 1_000),
            "DE");
    return new Registered(
        new Details(
            List.of(kind),
            name(number, group),
            "p%d@%s.example".formatted(number, brand.toLowerCase(Locale.ROOT)),
            String.format(Locale.ROOT, "+49 40 %08d", number),
            List.of(address),
            List.of(),
            null,
            TERM_DAYS,
            null));
  }

  static String name(int number, int group) {
    return "%s %s %d".formatted(Names.brand(group), FORMS.get(number % FORMS.size()), number);
  }
}
