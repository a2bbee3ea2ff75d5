package xalesin.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import xalesin.edge.LocalKeys;
import xalesin.edge.Role;

/** Prints a signed token of this installation, alone on standard output. */
@Command(
    name = "token",
    description = "Prints a signed token of this installation.",
    mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      defaultValue = "data",
      description = "The installation's data folder (${DEFAULT-VALUE}).")
  private Path data;

  @Option(
      names = "--tenant",
      required = true,
      description = "Lower-case letters, digits and hyphens, at most 63.")
  private String tenant;

  @Option(names = "--user", required = true, description = "Who: the token's subject.")
  private String user;

  @Option(
      names = "--roles",
      required = true,
      split = ",",
      description = "One or more of viewer, clerk, accountant, admin.")
  private List<String> roles;

  @Option(
      names = "--days",
      defaultValue = "30",
      description = "How long it is valid (${DEFAULT-VALUE}, at most 366).")
  private int days;

  @Override
  public Integer call() {
    if (days < 1 || days > 366) {
      throw new ParameterException(spec.commandLine(), "--days must be between 1 and 366");
    }
    Path file = data.resolve(LocalKeys.FILE);
    if (!Files.exists(file)) {
      throw new IllegalStateException(
          "there is no installation in " + data + ": start one with ./xalesin up");
    }
    List<Role> parsed = roles.stream().map(this::role).toList();
    String token;
    try {
      token = LocalKeys.load(file).sign(tenant, user, parsed, Duration.ofDays(days));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    spec.commandLine().getOut().println(token);
    return CommandLine.ExitCode.OK;
  }

  private Role role(String text) {
    Role role = Role.of(text);
    if (role == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--roles: \"" + text + "\" is none of viewer, clerk, accountant, admin");
    }
    return role;
  }
}
