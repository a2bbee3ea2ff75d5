package xalesin.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import xalesin.bench.report.Report;
import xalesin.bench.report.ReportFiles;
import xalesin.bench.report.ReportTable;
import xalesin.bench.stack.Machine;
import xalesin.bench.stack.StackException;

/**
 * {@code ./xalesin bench NAME}: runs a benchmark, prints its table, keeps its report. Exit codes: 0
 * measured, 1 failed (the server did, or its answers were wrong), 2 usage.
 */
@Command(
    name = "bench",
    description = "Measures Xalesin on this machine.",
    mixinStandardHelpOptions = true)
public final class BenchMain {
  private BenchMain() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    CommandLine commandLine = new CommandLine(new BenchMain());
    for (Bench bench : all()) {
      commandLine.addSubcommand(bench.name(), new Run(bench, List.of(args)));
    }
    commandLine.setExecutionExceptionHandler(
        (e, command, _) -> {
          boolean plain = e instanceof StackException || e instanceof IllegalArgumentException;
          command.getErr().println("bench: " + (plain ? e.getMessage() : e));
          if (!plain) {
            e.printStackTrace(command.getErr());
          }
          return CommandLine.ExitCode.SOFTWARE;
        });
    if (args.length == 0) {
      commandLine.usage(commandLine.getErr());
      return CommandLine.ExitCode.USAGE;
    }
    return commandLine.execute(args);
  }

  static List<Bench> all() {
    return List.of(
        new CommandsBench(),
        new FreshnessBench(),
        new ReadsBench(),
        new ReplayBench(),
        new UpBench(),
        new ConsistencyBench(),
        new MixedBench(),
        new SearchBench(),
        new ListsBench(),
        new CacheBench(),
        new LimiterBench(),
        new LiveBench());
  }

  /** One benchmark as a command. */
  @Command(mixinStandardHelpOptions = true)
  private static final class Run implements Callable<Integer> {
    private final Bench bench;
    private final List<String> arguments;

    @Mixin private Options options = new Options();
    @Spec private CommandSpec spec = CommandSpec.create();

    private Run(Bench bench, List<String> arguments) {
      this.bench = bench;
      this.arguments = arguments;
    }

    @Override
    public Integer call() throws Exception {
      try {
        options.check();
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
      }
      Clock clock = Clock.systemUTC();
      PrintWriter err = spec.commandLine().getErr();
      Findings findings = new Findings();
      findings.set("runs", options.runs());
      findings.set("warm-up seconds", options.warmUpSeconds());
      findings.set("seed", options.seed);
      if (options.quick) {
        findings.doubts.add("the quick form: these figures only show that the benchmark works");
      }
      var at = clock.instant();
      try (Session session = new Session(options, err, clock)) {
        measure(session, findings);
      }
      Report report =
          new Report(
              bench.name(),
              bench.question(),
              bench.baseline(),
              bench.method(),
              "./xalesin bench " + String.join(" ", arguments),
              at,
              Machine.describe(options.root()),
              findings.settings,
              findings.figures,
              findings.plots,
              findings.doubts,
              findings.evidence);
      PrintWriter out = spec.commandLine().getOut();
      out.println(ReportTable.of(report));
      for (Path file : ReportFiles.write(report, options.results())) {
        out.println(file);
      }
      out.flush();
      return bench.failed(report) ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private void measure(Session session, Findings findings) throws Exception {
      boolean measured = false;
      try {
        bench.measure(session, findings);
        measured = true;
      } finally {
        if (!measured) {
          session.say("failed; %s", session.diagnosis());
        }
      }
    }
  }
}
