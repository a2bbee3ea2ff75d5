package xalesin.command.handling;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xalesin.command.decision.Aggregate;
import xalesin.command.finance.FinancialTransaction;
import xalesin.command.finance.FinancialTransactionDecider;
import xalesin.command.handling.States.Known;
import xalesin.command.parties.Party;
import xalesin.command.parties.PartyDecider;
import xalesin.command.store.StreamKey;
import xalesin.schemas.finance.FinancialTransactionEvent;

class StatesTest {
  private static final long MAX_WEIGHT = 1_000;

  private final States states = new States(MAX_WEIGHT, new SimpleMeterRegistry());

  @Test
  void what_is_decided_on_again_is_kept_and_what_is_written_once_is_not() {
    FinancialTransaction posted =
        new FinancialTransaction.Posted(
            new FinancialTransactionEvent.Posted(
                "JE-2026-000001", LocalDate.EPOCH, "memo", null, null, List.of()),
            null);

    assertThat(put(PartyDecider.AGGREGATE, Party.NONE)).isNotNull();
    assertThat(put(FinancialTransactionDecider.AGGREGATE, posted)).isNull();
  }

  private @Nullable Known put(Aggregate<?, ?, ?> aggregate, Object state) {
    StreamKey stream = new StreamKey("acme", aggregate.stream(new UUID(1, 1)).toString());
    states.put(stream, new Known(state, 1, aggregate.weightOf(state)));
    return states.get(stream);
  }
}
