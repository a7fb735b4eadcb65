package io.tapline.local;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Tells a failure that nobody foresaw: what went wrong and what to do in two lines, and the stack
 * trace only to who asks for it with {@code TAPLINE_DEBUG}.
 */
final class UnexpectedFailure implements IExecutionExceptionHandler {

  /** The environment variable that asks for more than users need. */
  static final String DEBUG = "TAPLINE_DEBUG";

  static final int EXIT_CODE = 1;

  private final boolean debug;

  UnexpectedFailure(Map<String, String> environment) {
    this.debug = environment.containsKey(DEBUG);
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    Throwable cause = rootCause(failure);
    PrintWriter err = command.getErr();
    err.printf(
        "tapline failed unexpectedly: %s: %s%n",
        cause.getClass().getSimpleName(), cause.getMessage());
    err.printf(
        "Run the same command again: a push goes on where it ended.%s%n",
        debug ? "" : " Set " + DEBUG + "=1 to see the stack trace and the log.");
    if (debug) {
      failure.printStackTrace(err);
    }
    err.flush();
    return EXIT_CODE;
  }

  private static Throwable rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
