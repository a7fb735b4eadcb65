package io.tapline.local.packed;

import io.tapline.local.packed.Role.Grant;
import java.util.List;

/**
 * What Lambda itself does with the role of a function, and no code of ours.
 *
 * @param function whose role it is; {@code *} for all
 * @param resource a pattern of the grant's resource
 * @param reason for what it does so
 */
record UsedByLambda(String function, String action, String resource, String reason) {

  private static final String CHUNKS = "*:tapline-chunks.fifo";

  private static final List<UsedByLambda> ALL =
      List.of(
          new UsedByLambda("*", "logs:CreateLogStream", "*", "each environment has its stream"),
          new UsedByLambda("*", "logs:PutLogEvents", "*", "it writes what is logged"),
          new UsedByLambda("*", "xray:PutTraceSegments", "*", "tracing is active"),
          new UsedByLambda("*", "xray:PutTelemetryRecords", "*", "tracing is active"),
          new UsedByLambda("worker", "sqs:ReceiveMessage", CHUNKS, "its poller takes chunks"),
          new UsedByLambda("worker", "sqs:DeleteMessage", CHUNKS, "its poller acknowledges them"),
          new UsedByLambda("worker", "sqs:GetQueueAttributes", CHUNKS, "its poller asks for more"),
          new UsedByLambda(
              "splitter",
              "sqs:SendMessage",
              "*:tapline-splitter-failures",
              "it keeps what failed in all its tries"),
          new UsedByLambda(
              "splitter", "kms:Decrypt", "*", "S3 decrypts an export for who reads it"));

  static boolean covers(String function, Grant grant) {
    return ALL.stream()
        .anyMatch(
            use ->
                (use.function.equals("*") || use.function.equals(function))
                    && use.action.equals(grant.action())
                    && Role.matches(use.resource, grant.resource()));
  }
}
