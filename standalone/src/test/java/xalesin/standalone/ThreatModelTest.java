package xalesin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ThreatModelTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]*(?:Test|IT|E2E))`");
  private static final int MODULE_DEPTH = 12;

  private static Set<String> tests() throws IOException {
    try (var files = Files.find(ROOT, MODULE_DEPTH, (file, _) -> isTest(file))) {
      return files
          .map(file -> file.getFileName().toString().replace(".java", ""))
          .collect(Collectors.toSet());
    }
  }

  private static boolean isTest(Path file) {
    return file.toString().contains("src/test/java") && file.toString().endsWith(".java");
  }

  @Test
  void every_test_that_the_threat_model_names_is_there() throws IOException {
    Set<String> named = new TreeSet<>();
    Matcher found = TEST.matcher(Files.readString(ROOT.resolve("docs/threat-model.md")));
    while (found.find()) {
      named.add(found.group(1));
    }
    assertThat(named).hasSizeGreaterThan(10);
    assertThat(tests()).containsAll(named);
  }
}
