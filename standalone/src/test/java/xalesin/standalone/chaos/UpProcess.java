package xalesin.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import xalesin.schemas.Json;

/**
 * {@code ./xalesin up} as a process of its own that is ready.
 *
 * @param ready what it wrote to its ready file
 */
record UpProcess(ChildProcess process, JsonNode ready) {
  private static final Duration READY = Duration.ofSeconds(90);

  /**
   * @param folder for its log and its ready file
   * @param data goes on with what is there
   * @param port of its public door; 0 for a free one
   */
  static UpProcess start(Path folder, Path data, int port) throws Exception {
    Path readyFile = folder.resolve("ready.json");
    Files.deleteIfExists(readyFile);
    ChildProcess process =
        ChildProcess.start(
            "up",
            folder,
            Map.of(),
            "xalesin.standalone.Main",
            List.of(
                "up",
                "--data",
                data.toString(),
                "--port",
                Integer.toString(port),
                "--management-port",
                "0",
                "--kafka-port",
                "0",
                "--postgres-port",
                "0",
                "--no-demo",
                "--ready-file",
                readyFile.toString()));
    try {
      Awaitility.await().atMost(READY).until(() -> Files.exists(readyFile) || !process.isAlive());
    } catch (RuntimeException e) {
      process.close();
      throw new AssertionError("not ready: " + process.tail(), e);
    }
    assertThat(process.isAlive()).as(process.tail()).isTrue();
    return new UpProcess(process, Json.read(Files.readAllBytes(readyFile), JsonNode.class));
  }

  URI http() {
    return URI.create(ready.path("http").asText());
  }
}
