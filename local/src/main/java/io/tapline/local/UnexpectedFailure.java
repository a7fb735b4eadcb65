package io.tapline.local;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Tells a failure that nobody foresaw: what went wrong and what to do in two lines, and the stack
 * trace only to who asks for it with {@code TAPLINE_DEBUG}.
 */
final class UnexpectedFailure implements IExecutionExceptionHandler {

  /** The environment variable that asks for more than users need. */
  static final String DEBUG = "TAPLINE_DEBUG";

  static final int EXIT_CODE = 1;

  private final boolean debug;
  private final Map<String, String> environment;

  UnexpectedFailure(Map<String, String> environment) {
    this.debug = environment.containsKey(DEBUG);
    this.environment = environment;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    err.printf("tapline failed unexpectedly: %s%n", what(failure));
    err.printf(
        "Run the same command again: a push goes on where it ended.%s%n",
        debug ? "" : " Set " + DEBUG + "=1 to see the stack trace and the log.");
    if (debug) {
      failure.printStackTrace(err);
    }
    err.flush();
    return EXIT_CODE;
  }

  private String what(Throwable failure) {
    for (Throwable cause = failure; ; cause = cause.getCause()) {
      if (cause instanceof SdkException aws) {
        return Services.hasEndpoints(environment)
            ? S3Trouble.of(aws, "S3 or SQS")
            : S3Trouble.ofWorkFolder(aws);
      }
      if (cause.getCause() == null) {
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
      }
    }
  }
}
