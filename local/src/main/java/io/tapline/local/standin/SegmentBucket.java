package io.tapline.local.standin;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The S3 that takes the files of custom lists, by a pre-signed URL and without CleverTap's
 * credentials. Safe for several threads.
 */
final class SegmentBucket implements Service {

  /** S3's limit for a file that comes in one request. */
  static final long MAX_BYTES = 5L << 30;

  private final SegmentFiles files;
  private final CallFaults faults;
  private final Tally tally;
  private final @Nullable RequestLog log;
  private final Gate gate = new Gate(Api.SEGMENT_PUT.maxConcurrency());

  SegmentBucket(SegmentFiles files, CallFaults faults, Tally tally, @Nullable RequestLog log) {
    this.files = files;
    this.faults = faults;
    this.tally = tally;
    this.log = log;
  }

  @Override
  public Answer answer(Incoming incoming) throws IOException {
    gate.come();
    try {
      Answer answer = faults.answer(Api.SEGMENT_PUT, () -> put(incoming));
      answer = faults.withRetryAfter(answer instanceof Reply reply ? ofS3(reply) : answer);
      tally.count(Api.SEGMENT_PUT.path(), answer);
      return answer;
    } finally {
      gate.gone();
    }
  }

  /** The most calls that were there at once, by path; empty when there was none. */
  Map<String, Integer> maxConcurrency() {
    return gate.most() == 0 ? Map.of() : Map.of(Api.SEGMENT_PUT.path(), gate.most());
  }

  private Reply put(Incoming incoming) throws IOException {
    RequestHead head = incoming.head();
    Reply problem = problem(head, incoming.body().length());
    if (problem != null) {
      return problem;
    }
    files.put(head.target(), incoming.body());
    if (log != null) {
      log.addFile(head, incoming.body().length());
    }
    return Reply.empty(200);
  }

  /** The reply to a request that breaks a rule; null when it does not. */
  private @Nullable Reply problem(RequestHead head, long length) {
    if (!head.method().equals(Api.SEGMENT_PUT.method())) {
      return Reply.s3Error(405, "MethodNotAllowed", "The URL is signed for PUT");
    }
    for (String name : head.headers().keySet()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.equals("content-type") || lower.startsWith("x-clevertap")) {
        return Reply.s3Error(400, "InvalidRequest", "The URL is not signed for " + name);
      }
    }
    if (length < 0 || head.header("Content-Length") == null) {
      return Reply.s3Error(411, "MissingContentLength", "A length is required");
    }
    if (length > MAX_BYTES) {
      // Nobody waits for so much to come before it is refused.
      return Reply.s3Error(400, "EntityTooLarge", "A file has at most 5 GB").closing();
    }
    return files.takes(head.target())
        ? null
        : Reply.s3Error(403, "AccessDenied", "The URL is unknown or has expired");
  }

  /** A fault speaks as CleverTap's API does, or as a gateway; here S3 has to. */
  private static Reply ofS3(Reply reply) {
    if (reply.status() < 400 || reply.isXml()) {
      return reply;
    }
    String code =
        switch (reply.status()) {
          case 403 -> "AccessDenied";
          case 429, 503 -> "SlowDown";
          case 500, 502, 504 -> "InternalError";
          default -> "InvalidRequest";
        };
    return Reply.s3Error(reply.status(), code, "A fault that was asked for");
  }
}
