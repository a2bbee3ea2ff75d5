package xalesin.command.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import xalesin.command.inventory.InventoryItemDecider;
import xalesin.command.inventory.InventoryItemRefusal;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.finance.FinancialTransactionEvent;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.inventory.InventoryItemEvent;

/** The tenant in memory does what the command handler does. */
class BooksTest {
  private final Books books = new Books().today(LocalDate.of(2026, 3, 10));
  private final UUID chai = books.newId();

  private Books.Result item(UUID id, InventoryItemCommand command) {
    return books.does(InventoryItemDecider.AGGREGATE, id, command);
  }

  private static InventoryItemCommand create(String sku) {
    return new InventoryItemCommand.Create(
        null, sku, "Chai", null, null, null, Money.of("18", "EUR"), null, null);
  }

  private static InventoryItemCommand receive(String quantity) {
    return new InventoryItemCommand.Receive(Quantity.of(quantity), "A", Money.of("2.5", "EUR"));
  }

  @Test
  void what_happens_stands_in_its_streams_and_in_the_ledger() {
    item(chai, create("CHAI"));
    assertThat(item(chai, receive("4")).events())
        .hasSize(2)
        .hasOnlyElementsOfTypes(
            InventoryItemEvent.StockReceived.class, FinancialTransactionEvent.Posted.class);
    item(chai, receive("2"));
    assertThat(books.events(InventoryItemDecider.AGGREGATE, chai)).hasSize(3);
    assertThat(books.entries())
        .extracting(FinancialTransactionEvent.Posted::number)
        .containsExactly("JE-2026-000001", "JE-2026-000002");
    assertThat(books.balance("1200")).isEqualTo("15");
    assertThat(books.balance("1000")).isEqualTo("0");
    assertThat(books.trialBalance()).containsOnlyKeys("1200 EUR", "5100 EUR");
  }

  @Test
  void what_is_refused_leaves_nothing() {
    int founded = books.log().size();
    assertThat(item(chai, receive("4")).refusal()).isEqualTo(new InventoryItemRefusal.NotFound());
    assertThat(books.log()).hasSize(founded);
  }

  @Test
  void a_claim_belongs_to_one_stream() {
    item(chai, create("CHAI"));
    assertThat(item(books.newId(), create("CHAI")).refusal())
        .isEqualTo(new InventoryItemRefusal.SkuTaken("CHAI"));
    item(chai, new InventoryItemCommand.Delete());
    assertThat(item(books.newId(), create("CHAI")).events()).hasSize(1);
  }

  @Test
  void it_is_told_which_of_event_and_refusal_there_is_not() {
    assertThatThrownBy(() -> item(chai, receive("4")).events()).hasMessageContaining("refused");
    assertThatThrownBy(() -> item(chai, create("CHAI")).refusal())
        .hasMessageContaining("not refused");
  }
}
