package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKeysTest {
  @TempDir Path folder;

  private static String sign(LocalKeys keys) {
    return keys.sign("acme", "ann", Set.of(Role.CLERK), Duration.ofMinutes(1));
  }

  @Test
  void a_new_installation_makes_a_secret_that_only_its_owner_reads() throws Exception {
    LocalKeys.open(folder.resolve("keys"));
    Path file = folder.resolve("keys").resolve(LocalKeys.FILE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder.resolve("keys").toFile().list()).containsExactly(LocalKeys.FILE);
  }

  @Test
  void a_restart_accepts_the_tokens_of_before() {
    String token = sign(LocalKeys.open(folder));
    assertThat(LocalKeys.open(folder).verifier().verify(token).caller())
        .isEqualTo(new Caller("acme", "ann", Set.of(Role.CLERK)));
  }

  @Test
  void another_installation_does_not() {
    String token = sign(LocalKeys.open(folder.resolve("a")));
    LocalKeys other = LocalKeys.open(folder.resolve("b"));
    assertThatThrownBy(() -> other.verifier().verify(token)).isInstanceOf(TokenException.class);
  }

  @Test
  void processes_that_start_together_agree_on_one_secret() throws Exception {
    int starters = 16;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<LocalKeys>> starts = new ArrayList<>();
      for (int i = 0; i < starters; i++) {
        starts.add(() -> LocalKeys.open(folder));
      }
      String token = sign(LocalKeys.open(folder));
      for (Future<LocalKeys> start : threads.invokeAll(starts)) {
        assertThat(start.get().verifier().verify(token).caller().user()).isEqualTo("ann");
      }
    }
    assertThat(folder.toFile().list()).containsExactly(LocalKeys.FILE);
  }

  @Test
  void files_that_are_short_damaged_foreign_or_open_to_others_are_refused() throws Exception {
    assertThatThrownBy(() -> LocalKeys.load(file("xalesin-key-1:c2hvcnQ")))
        .hasMessageContaining("less than 32 bytes");
    assertThatThrownBy(() -> LocalKeys.load(file("xalesin-key-1:***")))
        .hasMessageContaining("damaged");
    assertThatThrownBy(() -> LocalKeys.load(file("-----BEGIN KEY-----")))
        .hasMessageContaining("not a key file");
    assertThatThrownBy(() -> LocalKeys.load(file("x".repeat(2000))))
        .hasMessageContaining("not a key file");
    assertThatThrownBy(() -> LocalKeys.load(file(""))).hasMessageContaining("not a key file");
    LocalKeys.open(folder);
    Path good = folder.resolve(LocalKeys.FILE);
    Files.setPosixFilePermissions(good, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> LocalKeys.open(folder)).hasMessageContaining("chmod 600");
  }

  private Path file(String text) throws Exception {
    Path file = Files.createTempFile(folder, "bad", ".key");
    return Files.writeString(file, text);
  }

  @Test
  void derived_keys_are_stable_and_differ_by_purpose() {
    byte[] cursor = LocalKeys.open(folder).derive("cursor");
    assertThat(cursor).hasSize(32).isEqualTo(LocalKeys.open(folder).derive("cursor"));
    assertThat(LocalKeys.open(folder).derive("node")).isNotEqualTo(cursor);
  }

  @Test
  void nothing_that_would_be_refused_is_signed() {
    LocalKeys keys = LocalKeys.open(folder);
    Duration minute = Duration.ofMinutes(1);
    assertThatThrownBy(() -> keys.sign("Acme", "ann", Set.of(Role.CLERK), minute))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> keys.sign("acme", "", Set.of(Role.CLERK), minute))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> keys.sign("acme", "ann", Set.of(), minute))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> keys.sign("acme", "ann", Set.of(Role.CLERK), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
