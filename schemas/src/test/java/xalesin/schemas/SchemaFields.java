package xalesin.schemas;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.finance.AccountRow;
import xalesin.schemas.finance.FinancialTransactionCommand;
import xalesin.schemas.finance.FinancialTransactionRow;
import xalesin.schemas.finance.Posting;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.inventory.InventoryItemRow;
import xalesin.schemas.inventory.StockMovementRow;
import xalesin.schemas.parties.Address;
import xalesin.schemas.parties.PartyCommand;
import xalesin.schemas.parties.PartyKind;
import xalesin.schemas.parties.PartyRow;
import xalesin.schemas.purchasing.PurchaseOrderCommand;
import xalesin.schemas.purchasing.PurchaseOrderRow;
import xalesin.schemas.purchasing.PurchaseOrderStatus;
import xalesin.schemas.sales.SalesOrderCommand;
import xalesin.schemas.sales.SalesOrderRow;
import xalesin.schemas.sales.SalesOrderStatus;
import xalesin.schemas.settings.TaxRate;
import xalesin.schemas.settings.TenantSettingsCommand;

/**
 * What the schemas say of single fields beyond their Java type: the rules that commands enforce as
 * they are made. That both agree is tested, not trusted.
 */
final class SchemaFields {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private record Field(Class<?> owner, String name) {}

  private record Bounds(int min, int max, boolean unique) {}

  /** Texts of commands that are the same wherever they are; see {@link #TEXTS_OF_FIELDS}. */
  private static final Map<String, Supplier<ObjectNode>> TEXTS =
      Map.ofEntries(
          entry("sku", SchemaTexts::code),
          entry("category", SchemaTexts::code),
          entry("unit", SchemaTexts::code),
          entry("location", SchemaTexts::code),
          entry("locations", SchemaTexts::code),
          entry("from", SchemaTexts::code),
          entry("to", SchemaTexts::code),
          entry("reference", SchemaTexts::code),
          entry("code", SchemaTexts::code),
          entry("phone", SchemaTexts::code),
          entry("taxId", SchemaTexts::code),
          entry("role", SchemaTexts::code),
          entry("label", SchemaTexts::code),
          entry("city", SchemaTexts::code),
          entry("region", SchemaTexts::code),
          entry("postalCode", SchemaTexts::code),
          entry("name", SchemaTexts::name),
          entry("reason", SchemaTexts::name),
          entry("memo", SchemaTexts::name),
          entry("description", SchemaTexts::free),
          entry("email", SchemaTexts::email),
          entry("country", SchemaTexts::country),
          entry("currency", SchemaTexts::currency),
          entry("baseCurrency", SchemaTexts::currency),
          entry("numberFormats", SchemaTexts::numberFormat));

  private static final Map<Field, Supplier<ObjectNode>> TEXTS_OF_FIELDS =
      Map.of(
          new Field(TaxRate.class, "name"),
          SchemaTexts::code,
          new Field(Address.class, "lines"),
          SchemaTexts::name,
          new Field(PartyCommand.ChangeDetails.class, "email"),
          () -> SchemaTexts.orEmpty(SchemaTexts.email()),
          new Field(PartyCommand.ChangeDetails.class, "phone"),
          () -> SchemaTexts.orEmpty(SchemaTexts.code()),
          new Field(PartyCommand.ChangeDetails.class, "taxId"),
          () -> SchemaTexts.orEmpty(SchemaTexts.code()));

  private static final Map<Field, List<String>> TEXTS_OF_ROWS =
      Map.of(
          new Field(PartyRow.class, "status"),
          List.of(PartyRow.ACTIVE, PartyRow.INACTIVE),
          new Field(AccountRow.class, "status"),
          List.of(AccountRow.ACTIVE, AccountRow.CLOSED),
          new Field(FinancialTransactionRow.class, "status"),
          List.of(FinancialTransactionRow.POSTED, FinancialTransactionRow.REVERSED),
          new Field(SalesOrderRow.class, "status"),
          SalesOrderStatus.ALL,
          new Field(PurchaseOrderRow.class, "status"),
          PurchaseOrderStatus.ALL,
          new Field(InventoryItemRow.class, "status"),
          List.of(InventoryItemRow.ACTIVE, InventoryItemRow.INACTIVE),
          new Field(StockMovementRow.class, "kind"),
          List.of(
              StockMovementRow.RECEIPT,
              StockMovementRow.ISSUE,
              StockMovementRow.TRANSFER,
              StockMovementRow.ADJUSTMENT));

  private static final Map<Field, SchemaNumbers.Sign> SIGNS =
      Map.of(
          new Field(InventoryItemCommand.Create.class, "reorderLevel"),
          SchemaNumbers.Sign.NOT_NEGATIVE,
          new Field(InventoryItemCommand.ChangeDetails.class, "reorderLevel"),
          SchemaNumbers.Sign.NOT_NEGATIVE,
          new Field(InventoryItemCommand.Adjust.class, "quantity"),
          SchemaNumbers.Sign.NOT_ZERO,
          new Field(SalesOrderCommand.Pay.class, "amount"),
          SchemaNumbers.Sign.NOT_ZERO,
          new Field(PurchaseOrderCommand.Pay.class, "amount"),
          SchemaNumbers.Sign.POSITIVE);

  /** Least and most of a command's whole numbers. */
  private static final Map<String, int[]> WHOLE_NUMBERS =
      Map.of(
          "line", new int[] {1, Integer.MAX_VALUE},
          "fiscalYearStart", new int[] {1, 12},
          "paymentTermDays", new int[] {0, PartyCommand.MAX_PAYMENT_TERM_DAYS});

  private static final Map<Field, Bounds> LISTS =
      Map.ofEntries(
          list(PartyCommand.Create.class, "kinds", 1, PartyKind.values().length, true),
          list(PartyCommand.Create.class, "addresses", 0, PartyCommand.MAX_ADDRESSES, false),
          list(PartyCommand.Create.class, "contacts", 0, PartyCommand.MAX_CONTACTS, false),
          list(PartyCommand.ChangeDetails.class, "kinds", 1, PartyKind.values().length, true),
          list(PartyCommand.ChangeDetails.class, "addresses", 0, PartyCommand.MAX_ADDRESSES, false),
          list(PartyCommand.ChangeDetails.class, "contacts", 0, PartyCommand.MAX_CONTACTS, false),
          list(Address.class, "lines", 1, Address.MAX_LINES, false),
          list(
              TenantSettingsCommand.Change.class,
              "locations",
              0,
              TenantSettingsCommand.MAX_LOCATIONS,
              true),
          list(
              TenantSettingsCommand.Change.class,
              "taxRates",
              0,
              TenantSettingsCommand.MAX_TAX_RATES,
              false),
          list(
              FinancialTransactionCommand.Post.class,
              "postings",
              2,
              FinancialTransactionCommand.MAX_POSTINGS,
              false),
          list(SalesOrderCommand.Place.class, "lines", 1, SalesOrderCommand.MAX_LINES, false),
          list(SalesOrderCommand.ChangeLines.class, "lines", 1, SalesOrderCommand.MAX_LINES, false),
          list(SalesOrderCommand.Ship.class, "lines", 1, SalesOrderCommand.MAX_LINES, false),
          list(SalesOrderCommand.Return.class, "lines", 1, SalesOrderCommand.MAX_LINES, false),
          list(PurchaseOrderCommand.Place.class, "lines", 1, PurchaseOrderCommand.MAX_LINES, false),
          list(
              PurchaseOrderCommand.ChangeLines.class,
              "lines",
              1,
              PurchaseOrderCommand.MAX_LINES,
              false),
          list(
              PurchaseOrderCommand.Receive.class,
              "lines",
              1,
              PurchaseOrderCommand.MAX_LINES,
              false));

  /** What holds between a command's fields and JSON Schema can say. */
  private static final Map<Class<?>, String> BETWEEN_FIELDS =
      Map.of(
          Posting.class,
          """
          {"oneOf": [
            {"required": ["debit"], "properties": {"debit": {"type": "object"}}},
            {"required": ["credit"], "properties": {"credit": {"type": "object"}}}]}""",
          PartyCommand.ChangeDetails.class,
          """
          {"not": {
            "required": ["creditLimit", "unlimitedCredit"],
            "properties": {
              "creditLimit": {"type": "object"}, "unlimitedCredit": {"const": true}}}}""",
          TenantSettingsCommand.Change.class,
          """
          {"not": {
            "required": ["approvalLimit", "unlimitedApproval"],
            "properties": {
              "approvalLimit": {"type": "object"}, "unlimitedApproval": {"const": true}}}}""");

  /** And what it cannot say. */
  private static final Map<Class<?>, String> IN_WORDS =
      Map.of(
          InventoryItemCommand.Transfer.class,
          "\"to\" differs from \"from\".",
          SalesOrderCommand.Place.class,
          "\"dueDate\" is not before \"date\".",
          TenantSettingsCommand.Change.class,
          "Each name of a tax rate is there once.",
          SalesOrderCommand.Ship.class,
          "Each line is there once.",
          SalesOrderCommand.Return.class,
          "Each line is there once.",
          PurchaseOrderCommand.Receive.class,
          "Each line is there once.");

  private SchemaFields() {}

  private static Map.Entry<Field, Bounds> list(
      Class<?> owner, String name, int min, int max, boolean unique) {
    return entry(new Field(owner, name), new Bounds(min, max, unique));
  }

  static ObjectNode text(SchemaFiles.Kind kind, Class<?> owner, String name) {
    Field field = new Field(owner, name);
    if (kind == SchemaFiles.Kind.COMMANDS) {
      Supplier<ObjectNode> text = TEXTS_OF_FIELDS.getOrDefault(field, TEXTS.get(name));
      return said(text, field).get();
    }
    ObjectNode schema = NODES.objectNode().put("type", "string");
    List<String> values = TEXTS_OF_ROWS.get(field);
    if (values != null) {
      ArrayNode allowed = schema.putArray("enum");
      values.forEach(allowed::add);
    }
    return schema;
  }

  static ObjectNode quantity(SchemaFiles.Kind kind, Class<?> owner, String name) {
    return kind == SchemaFiles.Kind.COMMANDS
        ? SchemaNumbers.sentQuantity(
            SIGNS.getOrDefault(new Field(owner, name), SchemaNumbers.Sign.POSITIVE))
        : SchemaNumbers.writtenQuantity();
  }

  static ObjectNode amount(SchemaFiles.Kind kind, Class<?> owner, String name) {
    return kind == SchemaFiles.Kind.COMMANDS
        ? SchemaNumbers.sentAmount(
            SIGNS.getOrDefault(new Field(owner, name), SchemaNumbers.Sign.NOT_NEGATIVE))
        : SchemaNumbers.writtenAmount();
  }

  static ObjectNode fraction(SchemaFiles.Kind kind) {
    return kind == SchemaFiles.Kind.COMMANDS
        ? SchemaNumbers.sentFraction()
        : SchemaNumbers.writtenFraction();
  }

  static String moneyName(SchemaFiles.Kind kind, Class<?> owner) {
    if (kind != SchemaFiles.Kind.COMMANDS) {
      return "Money";
    }
    return owner == Posting.class ? "MoneyPositive" : "MoneyNotNegative";
  }

  static ObjectNode money(SchemaFiles.Kind kind, Class<?> owner) {
    boolean sent = kind == SchemaFiles.Kind.COMMANDS;
    SchemaNumbers.Sign sign =
        owner == Posting.class ? SchemaNumbers.Sign.POSITIVE : SchemaNumbers.Sign.NOT_NEGATIVE;
    ObjectNode schema = NODES.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.set("amount", sent ? SchemaNumbers.sentAmount(sign) : SchemaNumbers.writtenAmount());
    properties.set("currency", SchemaTexts.currency());
    schema.putArray("required").add("amount").add("currency");
    schema.put("additionalProperties", !sent);
    return schema;
  }

  static ObjectNode date(SchemaFiles.Kind kind) {
    return kind == SchemaFiles.Kind.COMMANDS
        ? SchemaTexts.date()
        : NODES.objectNode().put("type", "string").put("format", "date");
  }

  static ObjectNode whole(SchemaFiles.Kind kind, String name) {
    ObjectNode schema = NODES.objectNode().put("type", "integer");
    if (kind == SchemaFiles.Kind.COMMANDS) {
      int[] bounds = said(WHOLE_NUMBERS.get(name), name);
      return schema.put("minimum", bounds[0]).put("maximum", bounds[1]);
    }
    return name.equals("version") || name.equals("line") ? schema.put("minimum", 1) : schema;
  }

  static ObjectNode listBounds(Class<?> owner, String name) {
    Bounds bounds = said(LISTS.get(new Field(owner, name)), new Field(owner, name));
    ObjectNode schema = NODES.objectNode();
    if (bounds.min > 0) {
      schema.put("minItems", bounds.min);
    }
    schema.put("maxItems", bounds.max);
    if (bounds.unique) {
      schema.put("uniqueItems", true);
    }
    return schema;
  }

  static ObjectNode betweenFields(Class<?> owner) {
    ObjectNode schema = NODES.objectNode();
    String rule = BETWEEN_FIELDS.get(owner);
    if (rule != null) {
      schema.setAll(
          Json.read(rule.getBytes(java.nio.charset.StandardCharsets.UTF_8), ObjectNode.class));
    }
    String words = IN_WORDS.get(owner);
    if (words != null) {
      schema.put("description", words);
    }
    return schema;
  }

  private static <T> T said(@Nullable T rule, Object field) {
    if (rule == null) {
      throw new IllegalStateException("say what a command's " + field + " may be");
    }
    return rule;
  }
}
