package io.tapline.local;

import io.tapline.sync.NearestKey;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells what is wrong with a command line in a few lines: what it is, the nearest that there is,
 * and where to read on. The whole usage would push the one line that matters off the screen.
 */
final class UsageErrors implements IParameterExceptionHandler, IExecutionStrategy {

  @Override
  public int handleParseException(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    Optional<String> unknown = unknown(error, arguments);
    err.println(unknown.map(word -> told(command, word)).orElseGet(error::getMessage));
    unknown
        .flatMap(word -> NearestKey.to(word, known(command.getCommandSpec())))
        .ifPresent(nearest -> err.println("Did you mean " + nearest + "?"));
    err.println(
        command.getCommandSpec().qualifiedName()
            + " --help "
            + (isRoot(command) ? "lists the commands." : "shows how it is used."));
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  /**
   * The word that the command does not know. An option that is mistyped leaves the right one
   * missing, and is what has to be put right.
   */
  private static Optional<String> unknown(ParameterException error, String[] arguments) {
    if (error instanceof UnmatchedArgumentException unmatched) {
      return unmatched.getUnmatched().stream().findFirst();
    }
    CommandSpec spec = error.getCommandLine().getCommandSpec();
    return Stream.of(arguments)
        .filter(argument -> argument.startsWith("--"))
        .map(argument -> argument.split("=", 2)[0])
        .filter(argument -> spec.findOption(argument) == null)
        .findFirst();
  }

  private static String told(CommandLine command, String word) {
    if (word.startsWith("-")) {
      return "Unknown option " + word;
    }
    return isRoot(command)
        ? "There is no command " + word
        : command.getCommandSpec().qualifiedName() + " does not take " + word;
  }

  private static List<String> known(CommandSpec spec) {
    return Stream.concat(
            spec.subcommands().keySet().stream(), spec.optionsMap().keySet().stream().sorted())
        .toList();
  }

  private static boolean isRoot(CommandLine command) {
    return command.getParent() == null;
  }

  /** Who asks for the help of a command that is not there is told so, as for any other word. */
  @Override
  public int execute(ParseResult parsed) {
    for (CommandLine command : parsed.asCommandLineList()) {
      List<String> unmatched = command.getUnmatchedArguments();
      if (!unmatched.isEmpty()) {
        throw new UnmatchedArgumentException(command, unmatched);
      }
    }
    return new RunLast().execute(parsed);
  }
}
