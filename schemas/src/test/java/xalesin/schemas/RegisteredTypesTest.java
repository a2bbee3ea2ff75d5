package xalesin.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xalesin.schemas.finance.AccountCommand;
import xalesin.schemas.finance.AccountEvent;
import xalesin.schemas.finance.FinancialTransactionCommand;
import xalesin.schemas.finance.FinancialTransactionEvent;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.inventory.InventoryItemEvent;
import xalesin.schemas.parties.CreditEvent;
import xalesin.schemas.parties.PartyCommand;
import xalesin.schemas.parties.PartyEvent;
import xalesin.schemas.purchasing.PurchaseOrderCommand;
import xalesin.schemas.purchasing.PurchaseOrderEvent;
import xalesin.schemas.sales.SalesOrderCommand;
import xalesin.schemas.sales.SalesOrderEvent;
import xalesin.schemas.settings.AccountPurpose;
import xalesin.schemas.settings.DocumentKind;
import xalesin.schemas.settings.TenantSettingsCommand;
import xalesin.schemas.settings.TenantSettingsEvent;

/** Whatever can be said in the code has a name in the contract, and only one. */
class RegisteredTypesTest {
  private static final List<Class<? extends DomainEvent>> EVENTS =
      List.of(
          InventoryItemEvent.class,
          TenantSettingsEvent.class,
          AccountEvent.class,
          FinancialTransactionEvent.class,
          PartyEvent.class,
          CreditEvent.class,
          SalesOrderEvent.class,
          PurchaseOrderEvent.class);

  private static final List<Class<?>> COMMANDS =
      List.of(
          InventoryItemCommand.class,
          TenantSettingsCommand.class,
          PartyCommand.class,
          AccountCommand.class,
          FinancialTransactionCommand.class,
          SalesOrderCommand.class,
          PurchaseOrderCommand.class);

  @Test
  void every_event_has_one_name() {
    List<Class<?>> registered = new ArrayList<>();
    EventTypes.all().forEach(type -> registered.add(type.recordClass()));
    assertThat(registered).containsExactlyInAnyOrderElementsOf(permitted(EVENTS));
  }

  @Test
  void every_command_has_one_name() {
    List<Class<?>> registered = new ArrayList<>();
    CommandTypes.all().forEach(type -> registered.add(type.recordClass()));
    assertThat(registered).containsExactlyInAnyOrderElementsOf(permitted(COMMANDS));
  }

  @Test
  void names_are_of_one_pattern() {
    EventTypes.all().forEach(type -> assertThat(type.name()).matches("([A-Z][a-z]+)+"));
    CommandTypes.all()
        .forEach(type -> assertThat(type.name()).matches("[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*"));
    RowTypes.all().forEach(type -> assertThat(type.name()).matches("[a-z]+(-[a-z]+)*"));
  }

  @Test
  void a_command_that_begins_a_stream_says_so() {
    List<String> creating = new ArrayList<>();
    for (CommandTypes.Type type : CommandTypes.all()) {
      if (Creation.class.isAssignableFrom(type.recordClass())) {
        creating.add(type.name());
      }
    }
    assertThat(creating)
        .containsExactlyInAnyOrder(
            "inventory-items.create",
            "parties.create",
            "accounts.create",
            "financial-transactions.post",
            "sales-orders.place",
            "purchase-orders.place");
  }

  @Test
  void only_commands_on_settings_are_on_the_tenant() {
    for (CommandTypes.Type type : CommandTypes.all()) {
      assertThat(type.isOnTheTenant()).isEqualTo(type.name().startsWith("tenant-settings."));
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {AccountPurpose.class, DocumentKind.class})
  void an_enumerated_value_is_called_the_same_in_json_and_in_code(Class<?> enumClass) {
    for (Object constant : enumClass.getEnumConstants()) {
      String json = Json.MAPPER.convertValue(constant, String.class);
      String code = ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
      String wireName =
          constant instanceof AccountPurpose purpose
              ? purpose.wireName()
              : ((DocumentKind) constant).wireName();
      assertThat(json).isEqualTo(code).isEqualTo(wireName);
    }
  }

  private static List<Class<?>> permitted(List<? extends Class<?>> sealed) {
    List<Class<?>> permitted = new ArrayList<>();
    for (Class<?> one : sealed) {
      permitted.addAll(List.of(one.getPermittedSubclasses()));
    }
    return permitted;
  }
}
