package xalesin.standalone.imports;

import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends commands from files. */
@Command(
    name = "import",
    description = {
      "Sends commands from NDJSON files, or from CSV files or a folder of them through a profile.",
      "Importing the same again changes nothing; an interrupted import goes on where it was."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 all done, 1 something failed (see the error file), 2 usage.",
      "Example: ./xalesin import --profile northwind northwind/"
    })
public final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--url", description = "The API's address; without it, the local installation.")
  private @Nullable String url;

  @Option(names = "--token", description = "The token to send, with --url.")
  private @Nullable String token;

  @Option(
      names = "--data",
      defaultValue = "data",
      description = "The local installation's data folder (${DEFAULT-VALUE}).")
  private Path data;

  @Option(
      names = "--tenant",
      defaultValue = "demo",
      description = "Whose data it is, in the local installation (${DEFAULT-VALUE}).")
  private String tenant;

  @Option(
      names = "--profile",
      description = "What the columns of CSV files mean: a JSON file, or built in: northwind.")
  private @Nullable String profileName;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "*.ndjson, *.jsonl, *.csv, or a folder of CSV files.")
  private List<Path> paths;

  @Override
  public Integer call() throws Exception {
    try {
      Profile profile = profileName == null ? null : Profiles.load(profileName);
      List<Input> inputs = Input.of(paths, profile);
      if (url == null && token != null) {
        throw new UsageException("--token goes with --url");
      }
      Target target = url == null ? Target.local(data, tenant) : Target.remote(url, token);
      return run(inputs, profile, target);
    } catch (UsageException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    } catch (ImportException e) {
      spec.commandLine().getErr().println("xalesin import: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private int run(List<Input> inputs, @Nullable Profile profile, Target target)
      throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    Path first = paths.getFirst().toAbsolutePath().normalize();
    Checkpoint checkpoint =
        new Checkpoint(
            beside(first, ".import-checkpoint"), Input.hash(inputs, profile, target.identity()));
    Checkpoint.State earlier = checkpoint.load();
    PrintStream log = System.err;
    NoticeRelay notices = new NoticeRelay(log);
    try (CommandSender sender =
        new CommandSender(target.http(), target.token(), Pause.SLEEP, notices::say)) {
      Importer importer = new Importer(inputs, sender, checkpoint);
      long total = importer.count();
      long before = earlier == null ? 0 : earlier.summary().entries();
      if (earlier != null) {
        log.printf(Locale.ROOT, "going on after %,d of %,d%n", before, total);
      }
      Progress progress = new Progress(log, terminal, System::nanoTime, total, before);
      notices.progress = progress;
      Path errors = beside(first, ".errors.ndjson");
      Summary summary = importer.run(earlier, kept -> new ErrorFile(errors, kept), progress);
      out.println(text(summary, errors));
      return summary.errors() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }

  /** Notices go past the bar once there is one. */
  private static final class NoticeRelay {
    private final PrintStream log;
    private @Nullable Progress progress;

    NoticeRelay(PrintStream log) {
      this.log = log;
    }

    void say(String line) {
      if (progress == null) {
        log.println(line);
      } else {
        progress.say(line);
      }
    }
  }

  /** A file beside the first path, or in the working folder where that may not be written. */
  private static Path beside(Path first, String ending) {
    String name = (first.getFileName() == null ? "import" : first.getFileName()) + ending;
    Path folder = first.getParent();
    return folder != null && Files.isWritable(folder) ? folder.resolve(name) : Path.of(name);
  }

  private static String text(Summary summary, Path errors) {
    String text =
        String.format(
            Locale.ROOT,
            "%,d commands accepted, %,d of them done before; %,d refused; %,d lines gave no command",
            summary.accepted(),
            summary.replayed(),
            summary.refused(),
            summary.faulty());
    return summary.errors() == 0 ? text : text + "\nwhat failed, and why: " + errors;
  }
}
