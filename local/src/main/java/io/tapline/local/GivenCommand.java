package io.tapline.local;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** A command line as it can be given to a shell. */
final class GivenCommand {

  /** What no shell takes for anything but text. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private GivenCommand() {}

  /** The command line that is run now. */
  static String of(CommandSpec spec) {
    return of(spec.root().commandLine().getParseResult().originalArgs());
  }

  /** A command line of Tapline with these arguments. */
  static String of(List<String> arguments) {
    return Stream.concat(
            Stream.of(System.getProperty("tapline.command", "tapline")), arguments.stream())
        .map(GivenCommand::quoted)
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
