package xalesin.standalone;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import xalesin.edge.LocalKeys;
import xalesin.edge.Role;
import xalesin.standalone.verify.Verifier;

/**
 * Reconciles table, topic and views. A stopped installation is started on free ports for as long as
 * it takes.
 */
@Command(
    name = "verify",
    description =
        "Reconciles event table, topic and views; exit code 1 and a list on any difference.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  private static final Duration TOKEN_LIFE = Duration.ofHours(12);

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      defaultValue = "data",
      description = "The installation's data folder (./${DEFAULT-VALUE}).")
  private Path data;

  @Option(
      names = "--patience",
      defaultValue = "30",
      description =
          "Seconds that topic or views may stand still before what they lack counts as missing"
              + " (${DEFAULT-VALUE}); longer than they take to come back after a crash.")
  private int patienceSeconds;

  @Override
  public Integer call() throws Exception {
    if (patienceSeconds < 1) {
      throw new ParameterException(spec.commandLine(), "--patience is at least 1 second");
    }
    if (!Files.exists(data.resolve(LocalKeys.FILE))) {
      throw new IllegalStateException("there is no installation in " + data);
    }
    Optional<Installation> running = Installation.running(data);
    if (running.isPresent()) {
      return verify(running.get(), LocalKeys.load(data.resolve(LocalKeys.FILE)));
    }
    try (Stack stack = Stack.start(StackOptions.in(data), new CountDownLatch(1))) {
      return verify(stack.installation(), stack.keys());
    }
  }

  private int verify(Installation installation, LocalKeys keys) throws Exception {
    Verifier.Report report =
        new Verifier(
                installation.postgres(),
                installation.kafka(),
                URI.create(installation.http()),
                tenant -> keys.sign(tenant, "verify", List.of(Role.VIEWER), TOKEN_LIFE),
                Duration.ofSeconds(patienceSeconds))
            .verify();
    PrintWriter out = spec.commandLine().getOut();
    report.differences().first().forEach(out::println);
    long count = report.differences().count();
    if (count > report.differences().first().size()) {
      out.printf("… and %d more%n", count - report.differences().first().size());
    }
    out.printf(
        "%d tenants, %d events in the table, %d records in the topic, %d rows compared: %s%n",
        report.tenants(),
        report.events(),
        report.records(),
        report.rows(),
        report.isClean() ? "no differences" : count + " differences");
    out.flush();
    return report.isClean() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}
