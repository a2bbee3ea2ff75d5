package xalesin.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xalesin.edge.Role;

/** What a newcomer pastes into a shell, by the shell and the curl of this machine. */
class PastedLinesE2E {
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void a_printed_line_creates_an_item_and_the_next_one_reads_it_while_curl_follows()
      throws Exception {
    try (Stack stack = Stack.start(StackOptions.in(folder), new CountDownLatch(1))) {
      String token = stack.keys().sign("demo", "admin", List.of(Role.ADMIN), TOKEN_LIFE);
      String address = stack.installation().http();
      Process follower =
          new ProcessBuilder(
                  "curl",
                  "-sSN",
                  address + "/api/live?views=inventory-items",
                  "-H",
                  "Authorization: Bearer " + token)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader frames = follower.inputReader(UTF_8)) {
        assertThat(next(frames, "event: snapshot")).contains("\"upserts\":[]");

        String printed = Welcome.text(stack, "demo", token, 1_000);
        String lines =
            printed.substring(
                printed.indexOf("TOKEN="), printed.indexOf("The token is an administrator's"));
        Process shell = new ProcessBuilder("sh", "-c", lines).redirectErrorStream(true).start();
        String answers = new String(shell.getInputStream().readAllBytes(), UTF_8);
        assertThat(shell.waitFor()).isZero();
        assertThat(answers)
            .contains("\"events\":[\"InventoryItemCreated\"]")
            .contains("{\"items\":[{")
            .contains("\"sku\":\"TEA-")
            .contains("\"total\":1");

        assertThat(next(frames, "event: batch")).contains("\"sku\":\"TEA-");
      } finally {
        follower.destroy();
      }
    }
  }

  /** The data of the next event of that name. */
  private static String next(BufferedReader frames, String event) throws Exception {
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                String line = frames.readLine();
                while (line != null && !line.equals(event)) {
                  line = frames.readLine();
                }
                return line == null ? "curl has ended" : frames.readLine();
              } catch (IOException e) {
                return e.toString();
              }
            })
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
