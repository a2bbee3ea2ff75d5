package xalesin.standalone.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Consumer;

/**
 * Loads the demo company once into an installation. What has been settled is noted in the data
 * folder, after it is done: a start that was killed while loading is completed by the next one.
 */
public final class DemoTenant {
  private static final String NOTE = "demo.txt";
  private static final String DAY = "demo-day.txt";

  private DemoTenant() {}

  /** Notes that this installation is to have no demo company, now or later. */
  public static void decline(Path data) throws IOException {
    if (!isSettled(data)) {
      Files.writeString(data.resolve(NOTE), "none wanted\n");
    }
  }

  /**
   * Loads the company unless that has been done or declined before.
   *
   * @param token of the demo tenant
   */
  public static void load(Path data, URI http, String token, Consumer<String> notices)
      throws IOException, InterruptedException {
    if (!isSettled(data)) {
      DemoData.Loaded loaded = DemoData.load(http, token, DemoData.SEED, day(data), notices);
      Files.writeString(
          data.resolve(NOTE),
          "%d commands from the seed %d\n".formatted(loaded.commands(), DemoData.SEED));
    }
  }

  /** The day of the first try: an interrupted load is completed with the same commands. */
  public static LocalDate day(Path data) throws IOException {
    Path file = data.resolve(DAY);
    if (Files.notExists(file)) {
      Files.writeString(file, LocalDate.now(ZoneOffset.UTC).toString());
    }
    return LocalDate.parse(Files.readString(file).strip());
  }

  private static boolean isSettled(Path data) {
    return Files.exists(data.resolve(NOTE));
  }
}
