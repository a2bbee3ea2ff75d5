package xalesin.standalone.demo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xalesin.schemas.CommandTypes;
import xalesin.schemas.Json;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Quantity;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.inventory.InventoryItemCommand.Adjust;
import xalesin.schemas.inventory.InventoryItemCommand.Create;
import xalesin.schemas.inventory.InventoryItemCommand.Issue;
import xalesin.schemas.inventory.InventoryItemCommand.Receive;
import xalesin.schemas.inventory.InventoryItemCommand.Release;
import xalesin.schemas.inventory.InventoryItemCommand.Reserve;
import xalesin.schemas.inventory.InventoryItemCommand.Transfer;
import xalesin.schemas.purchasing.PurchaseOrderCommand;
import xalesin.schemas.sales.SalesOrderCommand;

class DemoCompanyTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

  private static List<DemoCommand> commands(long seed) {
    return DemoCompany.commands(seed, TODAY);
  }

  @Test
  void the_same_seed_gives_the_same_commands_and_another_gives_others() {
    List<DemoCommand> commands = commands(7);
    assertThat(commands(7)).isEqualTo(commands);
    assertThat(commands(8)).isNotEqualTo(commands);
    assertThat(commands(8).getFirst().id()).isNotEqualTo(commands.getFirst().id());
  }

  @ParameterizedTest
  @ValueSource(longs = {DemoData.SEED, 0, 1, -5})
  void the_company_is_of_the_promised_size_and_varied(long seed) {
    List<DemoCommand> commands = commands(seed);
    Map<String, Integer> byName = new HashMap<>();
    commands.forEach(command -> byName.merge(command.name(), 1, Integer::sum));
    assertThat(byName.getOrDefault("inventory-items.create", 0)).isEqualTo(DemoCompany.ITEMS);
    assertThat(byName.getOrDefault("inventory-items.deactivate", 0)).isBetween(5, 60);
    int stock = 0;
    for (Map.Entry<String, Integer> count : byName.entrySet()) {
      stock += count.getKey().startsWith("inventory-items.") ? count.getValue() : 0;
    }
    assertThat(stock - byName.getOrDefault("inventory-items.deactivate", 0))
        .isEqualTo(DemoCompany.ITEMS + DemoCompany.STOCK_COMMANDS);
    assertThat(byName).containsEntry("parties.create", Trade.CUSTOMERS + Trade.SUPPLIERS);
    assertThat(byName).containsEntry("purchase-orders.place", Trade.PURCHASE_ORDERS);
    for (String verb : List.of("confirm", "ship", "invoice", "pay")) {
      assertThat(byName.getOrDefault("sales-orders." + verb, 0)).as(verb).isGreaterThan(40);
    }
    for (String verb : List.of("cancel", "return")) {
      assertThat(byName.getOrDefault("sales-orders." + verb, 0)).as(verb).isPositive();
    }
    for (String verb : List.of("receive", "issue", "transfer", "reserve", "release", "adjust")) {
      assertThat(byName.getOrDefault("inventory-items." + verb, 0)).as(verb).isGreaterThan(40);
    }
  }

  @Test
  void keys_skus_and_names_are_unique() {
    Set<String> keys = new HashSet<>();
    Set<String> skus = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (DemoCommand command : commands(DemoData.SEED)) {
      keys.add(command.idempotencyKey());
      if (command.data() instanceof Create create) {
        skus.add(create.sku());
        names.add(create.name());
      }
    }
    assertThat(keys.size()).isEqualTo(commands(DemoData.SEED).size());
    assertThat(skus.size()).isEqualTo(DemoCompany.ITEMS);
    assertThat(names.size()).isEqualTo(DemoCompany.ITEMS);
  }

  @Test
  void every_line_is_a_command_as_the_server_reads_it() throws IOException {
    for (DemoCommand command : commands(DemoData.SEED)) {
      CommandTypes.Type type = Objects.requireNonNull(CommandTypes.byName(command.name()));
      Object read =
          Json.STRICT.treeToValue(
              Json.STRICT.readTree(command.json()).path("data"), type.recordClass());
      if (!read.equals(command.data())) {
        throw new AssertionError("%s is read as %s".formatted(command, read));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {DemoData.SEED, 0, 1, 2, 3})
  void nothing_leaves_or_is_reserved_that_is_not_there(long seed) {
    Map<String, Quantity> available = new HashMap<>();
    Map<UUID, List<SalesOrderCommand.Line>> sold = new HashMap<>();
    Map<UUID, List<PurchaseOrderCommand.Line>> bought = new HashMap<>();
    for (DemoCommand command : commands(seed)) {
      UUID id = command.id();
      switch (command.data()) {
        case SalesOrderCommand.Place place -> sold.put(id, place.lines());
        case SalesOrderCommand.Confirm() ->
            requireNonNull(sold.get(id))
                .forEach(
                    line ->
                        add(
                            available,
                            line.item(),
                            requireNonNull(line.location()),
                            line.quantity().negated()));
        case SalesOrderCommand.Return back -> {
          for (LineQuantity part : back.lines()) {
            SalesOrderCommand.Line line = requireNonNull(sold.get(id)).get(part.line() - 1);
            add(available, line.item(), requireNonNull(line.location()), part.quantity());
          }
        }
        case PurchaseOrderCommand.Place place -> bought.put(id, place.lines());
        case PurchaseOrderCommand.Receive _ ->
            requireNonNull(bought.get(id))
                .forEach(
                    line ->
                        add(
                            available,
                            line.item(),
                            requireNonNull(line.location()),
                            line.quantity()));
        default -> {}
      }
      if (command.data() instanceof InventoryItemCommand data) {
        switch (data) {
          case Receive receive -> add(available, id, receive.location(), receive.quantity());
          case Issue issue -> add(available, id, issue.location(), issue.quantity().negated());
          case Reserve reserve ->
              add(available, id, reserve.location(), reserve.quantity().negated());
          case Release release -> add(available, id, release.location(), release.quantity());
          case Adjust adjust -> add(available, id, adjust.location(), adjust.quantity());
          case Transfer transfer -> {
            add(available, id, transfer.from(), transfer.quantity().negated());
            add(available, id, transfer.to(), transfer.quantity());
          }
          case Create _,
              InventoryItemCommand.ChangeDetails _,
              InventoryItemCommand.ChangePrice _,
              InventoryItemCommand.Activate _,
              InventoryItemCommand.Deactivate _,
              InventoryItemCommand.Delete _ -> {}
        }
      }
    }
  }

  private static void add(
      Map<String, Quantity> available, UUID id, String location, Quantity quantity) {
    Quantity now =
        available.merge(id + "/" + location, quantity, (before, change) -> before.plus(change));
    if (now.signum() < 0) {
      throw new AssertionError("%s has %s of item %s".formatted(location, now, id));
    }
  }
}
