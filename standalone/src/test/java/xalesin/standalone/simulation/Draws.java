package xalesin.standalone.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Plan;
import xalesin.command.settings.DefaultCompany;
import xalesin.schemas.Amount;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Fraction;
import xalesin.schemas.Json;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.finance.AccountCommand;
import xalesin.schemas.finance.AccountType;
import xalesin.schemas.finance.FinancialTransactionCommand;
import xalesin.schemas.finance.Posting;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.parties.PartyCommand;
import xalesin.schemas.parties.PartyKind;
import xalesin.schemas.settings.AccountPurpose;
import xalesin.schemas.settings.TenantSettingsCommand;
import xalesin.schemas.settings.TenantSettingsEvent;
import xalesin.standalone.simulation.Company.Item;

/** Draws commands that mostly make sense for what is known of the company. For one thread. */
final class Draws {
  static final List<String> LOCATIONS = List.of("main", "B", "Hafen");
  private static final String NOWHERE = "nowhere";
  private static final int MIN_ITEMS = 25;
  private static final List<String> THINGS =
      List.of("Bolt", "Schraube", "Größe M", "Crème brûlée", "Steel tube", "wi-fi box", "Łódź cup");
  private static final List<String> PEOPLE =
      List.of("Müller", "O'Neil", "Søren", "Acme", "Zoë", "Ærø Handel", "François", "Smith & Co");

  /** Of these it is asked that something is posted to them by hand, or that another serves. */
  private static final Map<AccountPurpose, UUID> CONTROLS = controls();

  private final Random random;
  private final Company company;
  private final LocalDate today;
  private final Orders orders;

  Draws(Random random, Company company, LocalDate today) {
    this.random = random;
    this.company = company;
    this.today = today;
    this.orders = new Orders(this, random, company);
  }

  /** What a company needs before it can trade. */
  List<Asked> beginnings() {
    List<Asked> beginnings = new ArrayList<>();
    for (int i = 0; i < MIN_ITEMS; i++) {
      Asked item = newItem();
      beginnings.add(item);
      Money cost = Money.of(price(), item.data().path("price").path("currency").asText());
      beginnings.add(
          Asked.of(
              "inventory-items.receive",
              item.id(),
              new InventoryItemCommand.Receive(quantity(200), LOCATIONS.getFirst(), cost)));
    }
    for (int i = 0; i < 8; i++) {
      beginnings.add(newParty(i % 2 == 0 ? PartyKind.CUSTOMER : PartyKind.SUPPLIER));
    }
    for (AccountType type : List.of(AccountType.ASSET, AccountType.EXPENSE, AccountType.EQUITY)) {
      beginnings.add(newAccount(type));
      beginnings.add(newAccount(type));
    }
    return beginnings;
  }

  Asked next() {
    int choice = random.nextInt(100);
    if (choice < 47) {
      return orders.sale();
    } else if (choice < 65) {
      return orders.purchase();
    } else if (choice < 82) {
      return stock();
    } else if (choice < 87) {
      return item();
    } else if (choice < 90) {
      return party();
    } else if (choice < 95) {
      return ledger();
    } else if (choice < 97) {
      return settings();
    }
    return nonsense();
  }

  private Asked stock() {
    Item item = pick(company.items);
    String location = location();
    return switch (random.nextInt(14)) {
      case 0, 1 ->
          item(item, "issue", new InventoryItemCommand.Issue(quantity(6), location, "used"));
      case 2, 3 ->
          item(
              item,
              "transfer",
              new InventoryItemCommand.Transfer(
                  quantity(5), location, location.equals("main") ? "B" : "main"));
      case 4, 5 -> {
        Quantity found = quantity(3);
        yield item(
            item,
            "adjust",
            new InventoryItemCommand.Adjust(
                random.nextBoolean() ? found : found.negated(), location, "counted"));
      }
      case 6, 7 ->
          item(
              item,
              "reserve",
              new InventoryItemCommand.Reserve(someOrMost(25), location, reference()));
      case 8, 9 ->
          item(
              item,
              "release",
              new InventoryItemCommand.Release(someOrMost(15), location, reference()));
      default ->
          item(
              item,
              "receive",
              new InventoryItemCommand.Receive(
                  quantity(60), location, Money.of(price(), item.currency())));
    };
  }

  /** Few, or so many that a place has no more of it: what is promised twice is then missed. */
  private Quantity someOrMost(int few) {
    return quantity(random.nextInt(3) == 0 ? 300 : few);
  }

  private String reference() {
    return random.nextInt(20) == 0 && !company.sales.isEmpty()
        ? "sales-orders/" + pick(company.sales).id
        : "show-" + random.nextInt(3);
  }

  private Asked item() {
    if (company.items.size() < MIN_ITEMS || random.nextInt(8) == 0) {
      return newItem();
    }
    Item item = pick(company.items);
    return switch (random.nextInt(14)) {
      case 0 -> item(item, "delete", new InventoryItemCommand.Delete());
      case 1 -> item(item, "deactivate", new InventoryItemCommand.Deactivate());
      case 2, 3, 4, 5, 6, 7 -> item(item, "activate", new InventoryItemCommand.Activate());
      case 8, 9 ->
          item(
              item,
              "change-price",
              new InventoryItemCommand.ChangePrice(Money.of(price(), item.currency())));
      default ->
          item(
              item,
              "change-details",
              new InventoryItemCommand.ChangeDetails(
                  random.nextInt(4) == 0 ? sku() : null,
                  thing(),
                  random.nextBoolean() ? null : thing() + " " + thing(),
                  "category-" + random.nextInt(4),
                  null,
                  quantity(20),
                  random.nextInt(3) == 0));
    };
  }

  private Asked newItem() {
    return Asked.of(
        "inventory-items.create",
        id(),
        new InventoryItemCommand.Create(
            null,
            sku(),
            thing(),
            thing(),
            "category-" + random.nextInt(4),
            null,
            Money.of(price(), random.nextInt(6) == 0 ? "USD" : "EUR"),
            quantity(20),
            random.nextInt(5) == 0));
  }

  private static Asked item(Item item, String verb, InventoryItemCommand command) {
    return Asked.of("inventory-items." + verb, item.id(), command);
  }

  private Asked party() {
    UUID id = pick(random.nextBoolean() ? company.customers : company.suppliers);
    return switch (random.nextInt(16)) {
      case 0 -> newParty(PartyKind.CUSTOMER);
      case 1 -> newParty(PartyKind.SUPPLIER);
      case 2 -> Asked.of("parties.deactivate", id, new PartyCommand.Deactivate());
      case 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 ->
          Asked.of("parties.activate", id, new PartyCommand.Activate());
      default -> {
        @Nullable Money limit = limit();
        yield Asked.of(
            "parties.change-details",
            id,
            new PartyCommand.ChangeDetails(
                null,
                person(),
                null,
                "+49 30 " + random.nextInt(10_000),
                null,
                null,
                null,
                random.nextInt(60),
                limit,
                limit == null));
      }
    };
  }

  private Asked newParty(PartyKind kind) {
    return Asked.of(
        "parties.create",
        id(),
        new PartyCommand.Create(
            null,
            random.nextInt(5) == 0
                ? List.of(PartyKind.CUSTOMER, PartyKind.SUPPLIER)
                : List.of(kind),
            person(),
            "info" + random.nextInt(1_000) + "@example.org",
            null,
            null,
            null,
            null,
            random.nextInt(40),
            limit()));
  }

  private @Nullable Money limit() {
    return random.nextInt(3) == 0 ? Money.of(cents(1_500_000), "EUR") : null;
  }

  private Asked ledger() {
    if (company.accounts.size() < 4 || random.nextInt(12) == 0) {
      return newAccount(random.nextInt(3) == 0 ? AccountType.ASSET : AccountType.EXPENSE);
    }
    if (random.nextInt(25) == 0) {
      return Asked.of("accounts.close", pick(company.accounts), new AccountCommand.Close());
    }
    if (!company.entries.isEmpty() && random.nextInt(3) == 0) {
      return Asked.of(
          "financial-transactions.reverse",
          pick(company.entries),
          new FinancialTransactionCommand.Reverse(
              random.nextBoolean() ? null : day(), "a mistake"));
    }
    Money amount = Money.of(cents(100_000), random.nextInt(4) == 0 ? "USD" : "EUR");
    Money other = random.nextInt(12) == 0 ? Money.of("0.01", "EUR") : amount;
    return Asked.of(
        "financial-transactions.post",
        id(),
        new FinancialTransactionCommand.Post(
            null,
            day(),
            "by hand",
            List.of(Posting.debit(account(), amount), Posting.credit(account(), other))));
  }

  /** One that was opened, or now and then one that is not open to postings by hand. */
  private UUID account() {
    return random.nextInt(20) == 0 ? pick(List.copyOf(CONTROLS.values())) : pick(company.accounts);
  }

  private static Map<AccountPurpose, UUID> controls() {
    Map<AccountPurpose, UUID> controls = new EnumMap<>(AccountPurpose.class);
    for (Plan.StreamEvents part : DefaultCompany.FOUNDING.events()) {
      for (DomainEvent event : part.events()) {
        if (event instanceof TenantSettingsEvent.Established(var settings)) {
          controls.putAll(settings.defaultAccounts());
        }
      }
    }
    controls.keySet().removeIf(purpose -> !purpose.isControl());
    return controls;
  }

  private Asked newAccount(AccountType type) {
    return Asked.of(
        "accounts.create",
        id(),
        new AccountCommand.Create(null, "A" + random.nextInt(1_000_000), thing(), type, null));
  }

  private Asked settings() {
    boolean isLimited = random.nextInt(3) > 0;
    return switch (random.nextInt(5)) {
      case 0 ->
          Asked.of(
              "tenant-settings.close-period",
              null,
              new TenantSettingsCommand.ClosePeriod(today.minusDays(20 + random.nextInt(60))));
      case 1, 2 ->
          Asked.of(
              "tenant-settings.reopen-period",
              null,
              new TenantSettingsCommand.ReopenPeriod(
                  random.nextBoolean() ? null : today.minusDays(90), "an audit"));
      default ->
          Asked.of(
              "tenant-settings.change",
              null,
              new TenantSettingsCommand.Change(
                  null,
                  null,
                  random.nextBoolean() ? List.of() : LOCATIONS.subList(0, 2 + random.nextInt(2)),
                  null,
                  null,
                  serving(),
                  isLimited ? Money.of(cents(400_000), "EUR") : null,
                  !isLimited));
    };
  }

  /** Mostly another till for cash; now and then something that would spoil a control account. */
  private @Nullable Map<AccountPurpose, UUID> serving() {
    if (company.tills.isEmpty()) {
      return null;
    }
    return switch (random.nextInt(8)) {
      case 0 -> Map.of(AccountPurpose.INVENTORY, pick(company.tills));
      case 1 -> Map.of(AccountPurpose.RECEIVABLE, pick(company.tills));
      case 2 -> Map.of(AccountPurpose.CASH, requireNonNull(CONTROLS.get(AccountPurpose.INVENTORY)));
      default -> Map.of(AccountPurpose.CASH, pick(company.tills));
    };
  }

  /** What nobody in their senses would ask for. */
  private Asked nonsense() {
    String[] nonsense = {
      "inventory-items.receive", "{\"quantity\":\"-3\",\"location\":\"main\"}",
      "inventory-items.issue", "{\"quantity\":\"999999\",\"location\":\"main\",\"reason\":\"all\"}",
      "sales-orders.confirm", "{}",
      "sales-orders.ship", "{\"lines\":[{\"line\":99,\"quantity\":\"1\"}]}",
      "sales-orders.pay", "{\"amount\":\"0.000001\"}",
      "purchase-orders.receive", "{\"lines\":\"all\"}",
      "purchase-orders.dance", "{}",
      "parties.create", "{\"kinds\":[\"friend\"],\"name\":\"\"}",
    };
    int choice = 2 * random.nextInt(nonsense.length / 2);
    UUID id = random.nextBoolean() ? id() : pick(company.items).id();
    return new Asked(
        nonsense[choice], id, Json.read(nonsense[choice + 1].getBytes(UTF_8), JsonNode.class));
  }

  // What the draws are made of

  UUID id() {
    return new UUID(
        (random.nextLong() & ~0xf000L) | 0x7000L, (random.nextLong() >>> 2) | (1L << 63));
  }

  String location() {
    return random.nextInt(100) == 0
        ? NOWHERE
        : random.nextInt(4) == 0 ? pick(LOCATIONS) : LOCATIONS.getFirst();
  }

  /** Mostly of whole units, so that things do get finished. */
  Quantity quantity(int most) {
    return random.nextInt(4) == 0
        ? Quantity.of(decimal(most * 1_000, 3))
        : Quantity.of(1 + random.nextInt(most));
  }

  List<LineQuantity> parts(int lines) {
    List<LineQuantity> parts = new ArrayList<>();
    for (int line = 1; line <= lines; line++) {
      if (random.nextBoolean() || parts.isEmpty()) {
        parts.add(new LineQuantity(line, quantity(3)));
      }
    }
    return parts;
  }

  Amount amount(int mostCents) {
    return Amount.of(cents(mostCents));
  }

  Fraction taxRate() {
    return Fraction.of(pick(List.of("0", "0.07", "0.19")));
  }

  String price() {
    return decimal(500_000, 4);
  }

  /** Of the last two months; now and then it is left to the service. */
  @Nullable LocalDate date() {
    return random.nextInt(3) == 0 ? day() : null;
  }

  private LocalDate day() {
    return today.minusDays(random.nextInt(60));
  }

  private String cents(int most) {
    return decimal(most, 2);
  }

  private String decimal(int most, int places) {
    return new BigDecimal(1 + random.nextInt(most)).movePointLeft(places).toPlainString();
  }

  private String sku() {
    return "SKU-" + random.nextInt(400);
  }

  private String thing() {
    return pick(THINGS) + " " + random.nextInt(100);
  }

  private String person() {
    return pick(PEOPLE) + " " + pick(PEOPLE);
  }

  <T> T pick(List<T> choices) {
    // Others may take something away in between.
    List<T> now = List.copyOf(choices);
    return now.get(random.nextInt(now.size()));
  }
}
