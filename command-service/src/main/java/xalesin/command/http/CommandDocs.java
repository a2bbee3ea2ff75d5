package xalesin.command.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What each command is in a few words, and the business rules that may refuse it. The tests of all
 * deciders hold every refusal that they meet against it. Immutable.
 */
public final class CommandDocs {
  private static final String[] ITEM = {"item-not-found", "item-deleted"};
  private static final String[] ORDER = {"order-not-found"};

  /** Of entries that follow from something: they are balanced and go to accounts that exist. */
  private static final String[] POSTING = {
    "period-closed", "account-currency", "amount-too-precise", "account-closed", "unknown-account"
  };

  /** Of goods that come to a place. */
  private static final String[] ARRIVAL = {
    "unknown-location", "too-many-locations", "quantity-out-of-range", "value-out-of-range"
  };

  private static final String[] SALES_LINES = {
    "unknown-item",
    "item-inactive",
    "price-currency",
    "unknown-tax-rate",
    "unknown-location",
    "amount-precision",
    "amount-out-of-range"
  };

  private static final String[] PURCHASE_LINES = {
    "unknown-item", "item-inactive", "unknown-tax-rate", "unknown-location", "amount-out-of-range"
  };

  private static final String[] CUSTOMER = {
    "unknown-customer", "not-a-customer", "customer-inactive"
  };

  private static final Map<String, CommandDocs> BY_COMMAND = new HashMap<>();

  static {
    say("inventory-items.create", "Create an item", "already-exists", "deleted", "sku-taken");
    say("inventory-items.change-details", "Change an item's details", ITEM)
        .or("sku-taken", "open-backorders");
    say("inventory-items.change-price", "Change an item's price", ITEM);
    say("inventory-items.activate", "Take an item into use again", ITEM);
    say("inventory-items.deactivate", "Take an item out of use", ITEM);
    say("inventory-items.delete", "Delete an item without stock", ITEM).or("item-has-stock");
    say("inventory-items.receive", "Receive goods into stock", ITEM)
        .or(ARRIVAL)
        .or(POSTING)
        .or("currency-mismatch");
    say("inventory-items.issue", "Take goods out of stock", ITEM)
        .or(POSTING)
        .or("unknown-location", "insufficient-stock");
    say("inventory-items.transfer", "Move stock to another location", ITEM)
        .or(ARRIVAL)
        .or("insufficient-stock");
    say("inventory-items.adjust", "Correct the stock, up or down", ITEM)
        .or(ARRIVAL)
        .or(POSTING)
        .or("insufficient-stock");
    say("inventory-items.reserve", "Set stock aside", ITEM)
        .or("unknown-location", "too-many-locations", "quantity-out-of-range")
        .or("too-many-reservations", "item-inactive", "insufficient-stock")
        .or("reserved-by-document");
    say("inventory-items.release", "Set reserved stock free", ITEM)
        .or("not-reserved", "reserved-by-document");
    say("parties.create", "Register a customer or supplier", "party-already-exists");
    say("parties.change-details", "Change a party's details", "party-not-found");
    say("parties.activate", "Deal with a party again", "party-not-found");
    say("parties.deactivate", "Deal with a party no longer", "party-not-found");
    sales();
    purchases();
    finance();
  }

  private final String summary;
  private final Set<String> rules = new TreeSet<>();

  private CommandDocs(String summary) {
    this.summary = summary;
  }

  private static void sales() {
    say("sales-orders.place", "Place a sales order as a draft", SALES_LINES)
        .or(CUSTOMER)
        .or("order-already-exists", "due-before-order");
    say("sales-orders.change-lines", "Change the lines of a draft", ORDER)
        .or(SALES_LINES)
        .or("order-not-draft");
    say("sales-orders.confirm", "Confirm an order: its goods are reserved", ORDER)
        .or(CUSTOMER)
        .or("order-not-draft", "unknown-item", "item-inactive", "insufficient-stock")
        .or("credit-limit-exceeded", "credit-limit-currency", "unknown-location")
        .or("too-many-locations", "too-many-reservations", "quantity-out-of-range");
    say("sales-orders.ship", "Ship an order or part of it", ORDER)
        .or(POSTING)
        .or("order-not-confirmed", "unknown-line", "nothing-to-ship", "shipment-exceeds-order")
        .or("insufficient-stock", "item-not-found", "too-many-shipments", "value-out-of-range");
    say("sales-orders.invoice", "Bill what is shipped", ORDER)
        .or(POSTING)
        .or("order-not-confirmed", "nothing-to-invoice");
    say("sales-orders.pay", "Take a payment, or pay back", ORDER)
        .or(POSTING)
        .or("order-not-confirmed", "nothing-open", "amount-precision", "payment-exceeds-open")
        .or("refund-exceeds-overpaid", "not-a-money-account", "too-many-payments");
    say("sales-orders.return", "Take goods back", ORDER)
        .or(POSTING)
        .or(ARRIVAL)
        .or("order-not-confirmed", "unknown-line", "return-exceeds-shipment", "unknown-item")
        .or("currency-mismatch", "too-many-returns");
    say("sales-orders.cancel", "Cancel an order of which nothing is shipped", ORDER)
        .or("order-shipped");
    say("sales-orders.close", "Give up what is left to ship of an order shipped in part", ORDER)
        .or("order-not-confirmed", "order-not-shipped");
  }

  private static void purchases() {
    say("purchase-orders.place", "Place a purchase order as a draft", PURCHASE_LINES)
        .or("order-already-exists", "unknown-supplier", "not-a-supplier", "supplier-inactive");
    say("purchase-orders.change-lines", "Change the lines of a draft", ORDER)
        .or(PURCHASE_LINES)
        .or("order-not-draft", "order-cancelled");
    say("purchase-orders.approve", "Approve an order", ORDER)
        .or("order-not-draft", "order-cancelled", "approval-by-author");
    say("purchase-orders.receive", "Receive what was ordered, or part of it", ORDER)
        .or(POSTING)
        .or(ARRIVAL)
        .or("order-not-approved", "order-cancelled", "unknown-line", "nothing-to-receive")
        .or("receipt-exceeds-order", "unknown-item", "amount-out-of-range", "currency-mismatch")
        .or("too-many-receipts");
    say("purchase-orders.bill", "Enter the bill for what was received", ORDER)
        .or(POSTING)
        .or("order-not-approved", "order-cancelled", "nothing-to-bill", "amount-out-of-range");
    say("purchase-orders.pay", "Pay a bill or part of it", ORDER)
        .or(POSTING)
        .or("order-not-approved", "order-cancelled", "nothing-open", "payment-exceeds-open")
        .or("amount-precision", "not-a-money-account", "too-many-payments");
    say("purchase-orders.cancel", "Cancel an order of which nothing has come", ORDER)
        .or("order-cancelled", "order-has-receipts");
    say("purchase-orders.close", "Give up what is still to come of an order", ORDER)
        .or("order-not-approved", "order-cancelled", "order-without-receipts");
  }

  private static void finance() {
    say("accounts.create", "Open an account", "already-exists", "account-code-taken");
    say("accounts.change-details", "Change an account's code or name", "account-not-found")
        .or("account-code-taken", "account-closed");
    say("accounts.close", "Close an account", "account-not-found", "account-in-use");
    say("financial-transactions.post", "Post an entry to the journal", POSTING)
        .or("already-exists", "unbalanced-entry", "control-account");
    say("financial-transactions.reverse", "Reverse an entry", "transaction-not-found")
        .or(POSTING)
        .or("already-reversed", "is-reversal", "posted-by-document");
    say("tenant-settings.change", "Change the tenant's settings", "unknown-account")
        .or("account-closed", "unsuitable-account", "control-account", "control-account-fixed");
    say("tenant-settings.close-period", "Close the books through a day", "period-closed-further")
        .or("period-in-future");
    say("tenant-settings.reopen-period", "Open the books again", "period-not-closed");
  }

  private static CommandDocs say(String command, String summary, String... rules) {
    CommandDocs docs = new CommandDocs(summary).or(rules);
    BY_COMMAND.put(command, docs);
    return docs;
  }

  private CommandDocs or(String... more) {
    rules.addAll(Arrays.asList(more));
    return this;
  }

  /**
   * Of a command by its name.
   *
   * @throws IllegalArgumentException when nothing is said about it
   */
  public static CommandDocs of(String command) {
    CommandDocs docs = BY_COMMAND.get(command);
    if (docs == null) {
      throw new IllegalArgumentException("say what " + command + " does");
    }
    return docs;
  }

  public String summary() {
    return summary;
  }

  /** The rules that may refuse it. */
  public Set<String> rules() {
    return Set.copyOf(rules);
  }

  /** Those that are answered with that status. */
  List<String> rules(int status) {
    List<String> found = new ArrayList<>();
    for (String rule : rules) {
      if (Rules.status(rule) == status) {
        found.add(rule);
      }
    }
    return found;
  }
}
