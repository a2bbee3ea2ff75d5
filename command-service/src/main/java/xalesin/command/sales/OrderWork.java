package xalesin.command.sales;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.CommandContext;
import xalesin.command.decision.Plan;
import xalesin.command.decision.Refusal;
import xalesin.command.decision.UnitOfWork;
import xalesin.command.finance.Journal;
import xalesin.command.inventory.InventoryItemDecider;
import xalesin.command.parties.Credit;
import xalesin.command.parties.Party;
import xalesin.command.parties.PartyDecider;
import xalesin.command.settings.Tenants;
import xalesin.schemas.Money;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.Posting;
import xalesin.schemas.parties.PartyKind;
import xalesin.schemas.sales.SalesOrderEvent;
import xalesin.schemas.settings.AccountPurpose;

/** One order being worked on: what its rules have in common. Lives as long as its unit of work. */
record OrderWork(UnitOfWork work, Plan.States states, UUID id, CommandContext context) {

  void happened(SalesOrderEvent event) {
    work.append(SalesOrderDecider.AGGREGATE, id, event);
  }

  /** With what has happened so far. */
  SalesOrder order() {
    return work.state(SalesOrderDecider.AGGREGATE, id);
  }

  /**
   * The order's stream: the source of its entries, the document with which goods move, and for what
   * they are set aside.
   */
  String document() {
    return SalesOrderDecider.AGGREGATE.stream(id).toString();
  }

  /** A command that names no date means today. */
  LocalDate date(@Nullable LocalDate named) {
    return named == null ? context.today() : named;
  }

  /** Asks for what the command needs at once. */
  void prepare(UUID customer, List<UUID> items) {
    List<StreamName> streams = new ArrayList<>();
    streams.add(PartyDecider.AGGREGATE.stream(customer));
    streams.add(Credit.AGGREGATE.stream(customer));
    items.forEach(item -> streams.add(InventoryItemDecider.AGGREGATE.stream(item)));
    states.prepare(streams);
  }

  /** Why nothing is sold to the party, or null. */
  @Nullable Refusal unfit(UUID customer) {
    return switch (work.state(PartyDecider.AGGREGATE, customer)) {
      case Party.None() -> new PlacingRefusal.UnknownCustomer(customer);
      case Party.Registered party when !party.is(PartyKind.CUSTOMER) ->
          new PlacingRefusal.NotCustomer(customer, party.details().name());
      case Party.Registered party when !party.active() ->
          new PlacingRefusal.CustomerInactive(customer, party.details().name());
      case Party.Registered _ -> null;
    };
  }

  /** The customer of an order that stands. */
  Party.Registered customer(UUID customer) {
    return switch (work.state(PartyDecider.AGGREGATE, customer)) {
      case Party.Registered party -> party;
      case Party.None() -> throw new IllegalStateException("an order of no customer: " + id);
    };
  }

  /**
   * Posts an entry for the order.
   *
   * @param place tells several entries of one command apart
   * @return why it cannot be posted, or null when it is
   */
  @Nullable Refusal post(int place, LocalDate date, String memo, Postings postings) {
    return Journal.post(
        work,
        context.derivedId(place),
        new Journal.Entry(date, memo, document(), null, postings.all));
  }

  Postings postings() {
    return new Postings();
  }

  /** Postings of the default accounts; an amount of zero is left out. */
  final class Postings {
    private final List<Posting> all = new ArrayList<>();

    private Postings() {}

    Postings debit(AccountPurpose purpose, Money amount) {
      return debit(Tenants.account(work, purpose), amount);
    }

    Postings debit(UUID account, Money amount) {
      if (amount.amount().signum() != 0) {
        all.add(Posting.debit(account, amount));
      }
      return this;
    }

    Postings credit(AccountPurpose purpose, Money amount) {
      return credit(Tenants.account(work, purpose), amount);
    }

    Postings credit(UUID account, Money amount) {
      if (amount.amount().signum() != 0) {
        all.add(Posting.credit(account, amount));
      }
      return this;
    }
  }
}
