package io.tapline.local;

import io.tapline.aws.Clock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Makes the events that reach the splitter, as JSON. */
final class SplitterEvents {

  private SplitterEvents() {}

  /**
   * The event that S3 sends when an object was put.
   *
   * @param etag quotes included or not
   */
  static byte[] objectCreated(String bucket, String key, String etag) {
    return """
    {"Records": [{
      "eventVersion": "2.3", "eventSource": "aws:s3", "awsRegion": "us-east-1",
      "eventTime": "%s", "eventName": "ObjectCreated:Put",
      "s3": {"s3SchemaVersion": "1.0",
        "bucket": {"name": "%s", "arn": "arn:aws:s3:::%s"},
        "object": {"key": "%s", "eTag": "%s"}}}]}
    """
        .formatted(
            Clock.system().instant(),
            bucket,
            bucket,
            URLEncoder.encode(key, StandardCharsets.UTF_8),
            etag.replace("\"", ""))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The event by which a splitter goes on with a job that is open. */
  static byte[] goOn(String sync, String job) {
    return "{\"tapline\": {\"sync\": \"%s\", \"job\": \"%s\"}}"
        .formatted(sync, job)
        .getBytes(StandardCharsets.UTF_8);
  }
}
