package xalesin.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import xalesin.standalone.imports.CommandApi;
import xalesin.standalone.imports.CommandApi.Mood;
import xalesin.standalone.imports.ImportException;

class DemoDataTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

  private static DemoData.Loaded load(CommandApi api) throws InterruptedException {
    return DemoData.load(api.address(), "good", DemoData.SEED, TODAY, notice -> {});
  }

  @Test
  void a_load_that_was_stopped_is_completed_by_the_next() throws IOException, InterruptedException {
    int commands = DemoCompany.commands(DemoData.SEED, TODAY).size();
    try (CommandApi api = new CommandApi()) {
      api.willBe(new Mood.Well(), new Mood.Well(), new Mood.Refuse(401, null));
      assertThatThrownBy(() -> load(api)).isInstanceOf(ImportException.class);
      assertThat(api.effects().size()).isEqualTo(1_000);
      assertThat(load(api)).isEqualTo(new DemoData.Loaded(commands, 1_000));
      assertThat(load(api)).isEqualTo(new DemoData.Loaded(commands, commands));
      assertThat(api.effects().size()).isEqualTo(commands);
    }
  }

  @Test
  void a_refused_command_is_told() throws IOException {
    try (CommandApi api = new CommandApi()) {
      api.willBe(
          new Mood.Say(
              "{\"status\":409,\"problem\":{\"title\":\"SKU taken\",\"detail\":\"FAS-0001\"}}\n"));
      assertThatThrownBy(() -> load(api))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("inventory-items.create")
          .hasMessageEndingWith("was refused: SKU taken: FAS-0001");
    }
  }
}
