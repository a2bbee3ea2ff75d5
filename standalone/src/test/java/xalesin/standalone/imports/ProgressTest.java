package xalesin.standalone.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final Path FILE = Path.of("northwind", "orders.csv");
  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final AtomicLong clock = new AtomicLong(5);

  private Progress progress(boolean terminal, long total, long before) {
    return new Progress(new PrintStream(out, true, UTF_8), terminal, clock::get, total, before);
  }

  private static Summary done(long accepted, long faulty) {
    return new Summary(accepted, 0, 0, faulty);
  }

  @Test
  void a_terminal_gets_a_bar_that_is_drawn_over_itself() {
    Progress progress = progress(true, 1_000, 0);
    clock.addAndGet(SECOND);
    progress.show(done(200, 0), FILE);
    progress.show(done(201, 0), FILE);
    clock.addAndGet(SECOND);
    progress.say("a notice");
    progress.show(done(500, 1), FILE);
    progress.finish(done(999, 1));
    assertThat(out.toString(UTF_8).replace("\u001b[K", "").replace('\r', '\n').lines())
        .containsExactly(
            "",
            "[######........................]  20 %  200 of 1,000, 200/s, 4 s left, orders.csv",
            "a notice",
            "",
            "[###############...............]  50 %  501 of 1,000, 251/s, 1 s left, 1 errors, orders.csv",
            "[##############################] 100 %  1,000 of 1,000, 500/s, 1 errors");
  }

  @Test
  void elsewhere_a_line_comes_now_and_then() {
    Progress progress = progress(false, 1_000_000, 500_000);
    clock.addAndGet(6 * SECOND);
    progress.show(done(506_000, 0), FILE);
    clock.addAndGet(SECOND);
    progress.show(done(507_000, 0), FILE);
    progress.finish(done(507_000, 0));
    assertThat(out.toString(UTF_8).lines())
        .containsExactly(" 50 %  506,000 of 1,000,000, 1,000/s, 8:14 min left, orders.csv");
  }

  @Test
  void an_empty_import_is_at_its_end() {
    progress(true, 0, 0).finish(Summary.NOTHING);
    assertThat(out.toString(UTF_8)).contains("100 %  0 of 0");
  }
}
