package xalesin.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackLauncherIT {
  @TempDir private Path folder;

  private StackLauncher launcher(String script) throws IOException {
    Path file = folder.resolve("xalesin");
    Files.writeString(file, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return new StackLauncher(file, Map.of("GREETING", "hello"));
  }

  @Test
  void a_server_is_started_awaited_and_ended() throws Exception {
    StackLauncher launcher =
        launcher(
            """
            while [ "$1" != --ready-file ]; do shift; done
            printf '{"http":"http://127.0.0.1:1","management":"http://127.0.0.1:2",' > "$2.new"
            printf '"postgres":"","tenant":"t","token":"a","pid":%d}' $$ >> "$2.new"
            mv "$2.new" "$2"
            exec sleep 600
            """);
    ProcessHandle server;
    try (Stack stack = launcher.up(folder.resolve("data"), List.of())) {
      server = ProcessHandle.of(stack.ready().pid()).orElseThrow();
      assertThat(stack.http()).hasPort(1);
      assertThat(stack.readyAfter()).isPositive();
      assertThat(stack.probe().usage().jvmMebibytes()).isPositive();
    }
    assertThat(server.isAlive()).isFalse();
  }

  @Test
  void a_server_that_does_not_start_says_why() throws IOException {
    StackLauncher launcher = launcher("echo the port is taken; exit 3\n");
    assertThatThrownBy(() -> launcher.up(folder.resolve("data"), List.of()))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("exit code 3")
        .hasMessageContaining("the port is taken");
  }

  @Test
  void other_commands_give_what_they_print_or_why_they_failed() throws Exception {
    StackLauncher launcher =
        launcher("[ $# = 2 ] || { echo no >&2; exit 1; }; echo $GREETING $2\n");
    assertThat(launcher.run("greet", "bench")).isEqualTo("hello bench\n");
    assertThatThrownBy(() -> launcher.run("nothing"))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("exit code 1")
        .hasMessageContaining("no");
  }
}
