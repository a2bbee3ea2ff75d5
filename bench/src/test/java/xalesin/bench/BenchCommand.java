package xalesin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import xalesin.schemas.Json;

/** {@code ./xalesin bench} of what is on this class path, and the report that it wrote. */
final class BenchCommand {
  private static final String LAUNCHER = "xalesin.launcher";

  private BenchCommand() {}

  /** Runs a benchmark against a server of its own; it must succeed. */
  static JsonNode run(Path folder, String... arguments) throws IOException {
    Path launcher = folder.resolve("xalesin");
    Files.writeString(
        launcher,
        """
        #!/bin/sh
        exec '%s/bin/java' --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 -Xmx512m \\
          -cp '%s' xalesin.standalone.Main "$@"
        """
            .formatted(System.getProperty("java.home"), System.getProperty("java.class.path")));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    Path results = folder.resolve("results");
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--results=" + results);
    System.setProperty(LAUNCHER, launcher.toString());
    try {
      assertThat(BenchMain.run(all.toArray(String[]::new))).isZero();
    } finally {
      System.clearProperty(LAUNCHER);
    }
    return report(results);
  }

  /** The only report in the folder. */
  static JsonNode report(Path results) throws IOException {
    try (Stream<Path> files = Files.list(results)) {
      List<Path> json = files.filter(file -> file.toString().endsWith(".json")).toList();
      assertThat(json).hasSize(1);
      return Json.MAPPER.readTree(Files.readAllBytes(json.getFirst()));
    }
  }

  static double median(JsonNode report, String figure) {
    for (JsonNode each : report.get("figures")) {
      if (each.get("name").asText().equals(figure)) {
        return each.get("median").asDouble();
      }
    }
    throw new AssertionError("no figure " + figure + " in " + report.get("figures"));
  }
}
