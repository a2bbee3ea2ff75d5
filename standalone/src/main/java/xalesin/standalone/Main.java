package xalesin.standalone;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import xalesin.standalone.imports.ImportCommand;

/** The command line of Xalesin. Exit codes: 0 done, 1 failed, 2 usage. */
@Command(
    name = "xalesin",
    description = "An event-sourced CQRS backend for multi-tenant ERP.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      UpCommand.class,
      TokenCommand.class,
      ImportCommand.class,
      VerifyCommand.class,
      RebuildViewsCommand.class
    },
    footer = {"", "Also: ./xalesin test (the test suite), ./xalesin bench (the benchmarks)."})
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    CommandLine commandLine = new CommandLine(new Main());
    commandLine.setExecutionExceptionHandler(
        (e, command, _) -> {
          command.getErr().println("xalesin: " + Messages.of(e));
          return CommandLine.ExitCode.SOFTWARE;
        });
    return args.length == 0 ? usage(commandLine) : commandLine.execute(args);
  }

  private static int usage(CommandLine commandLine) {
    commandLine.usage(commandLine.getErr());
    return CommandLine.ExitCode.USAGE;
  }
}
