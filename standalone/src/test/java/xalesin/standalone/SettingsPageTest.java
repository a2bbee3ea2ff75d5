package xalesin.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import xalesin.cdc.CdcMain;
import xalesin.command.CommandMain;
import xalesin.projection.ProjectionMain;
import xalesin.query.QueryMain;

/** The page of settings says what the programs say of themselves. */
class SettingsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "settings.md");
  private static final Pattern SETTING =
      Pattern.compile("(?m)^  (XALESIN_[A-Z_]+)  \\((.+)\\)\\n {6}(.+)\\. Default: (.+)$");

  /** What is said of a setting, and by which programs. */
  private record Said(String unit, String meaning, Map<String, Set<String>> programsByDefault) {}

  private static String help(Class<?> program) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                "--help")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return text;
  }

  private static Map<String, Said> said() throws IOException, InterruptedException {
    Map<String, Said> settings = new TreeMap<>();
    for (Class<?> program :
        List.of(CommandMain.class, CdcMain.class, ProjectionMain.class, QueryMain.class)) {
      String help = help(program);
      String name = help.substring(0, help.indexOf(':'));
      Matcher setting = SETTING.matcher(help);
      while (setting.find()) {
        settings
            .computeIfAbsent(
                setting.group(1),
                _ -> new Said(setting.group(2), setting.group(3), new LinkedHashMap<>()))
            .programsByDefault
            .computeIfAbsent(setting.group(4), _ -> new LinkedHashSet<>())
            .add(name);
      }
    }
    return settings;
  }

  private static String row(String key, Said said) {
    Map<String, Set<String>> programs = said.programsByDefault;
    String defaults =
        programs.size() == 1
            ? programs.keySet().iterator().next()
            : programs.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
                .collect(Collectors.joining(", "));
    Set<String> readers = new LinkedHashSet<>();
    programs.values().forEach(readers::addAll);
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(key, said.meaning, said.unit, defaults, String.join(", ", readers))
        .replaceAll("(?<=\\S)\\|(?=\\S)", "\\\\|");
  }

  @Test
  void the_page_lists_every_setting_with_its_default_and_its_unit() throws Exception {
    List<String> rows = new ArrayList<>();
    said().forEach((key, said) -> rows.add(row(key, said)));
    assertThat(rows).hasSizeGreaterThan(40);
    List<String> written =
        Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| `XALESIN_")).toList();
    assertThat(written).as("rows of %s", PAGE).containsExactlyElementsOf(rows);
  }
}
