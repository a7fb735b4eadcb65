package io.tapline.splitter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.job.Arrival;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the two shapes in which the news of an object comes: S3's own notification, whose keys are
 * URL-encoded, and the event of EventBridge, whose keys are plain.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">Event
 *     message structure</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html">EventBridge
 *     event message structure</a>
 */
final class Arrivals {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Arrivals() {}

  /**
   * The objects that an event says were created; of none, when it is about something else that S3
   * tells.
   *
   * @throws IllegalArgumentException when it does not come from S3
   * @throws IOException when it is not JSON
   */
  static List<Arrival> of(byte[] event) throws IOException {
    JsonNode json = JSON.readTree(event);
    if (json.at("/Records/0/eventSource").asText().equals("aws:s3")) {
      return json.path("Records")
          .valueStream()
          .filter(record -> record.path("eventName").asText().startsWith("ObjectCreated:"))
          .map(Arrivals::ofNotification)
          .toList();
    }
    if (json.path("source").asText().equals("aws.s3")) {
      return json.path("detail-type").asText().equals("Object Created")
          ? List.of(ofEventBridge(json.path("detail")))
          : List.of();
    }
    // S3 sends it once when a notification is set up.
    if (json.path("Event").asText().equals("s3:TestEvent")) {
      return List.of();
    }
    throw new IllegalArgumentException(
        "expected an event of S3 but got one with source \"%s\" and detail-type \"%s\""
            .formatted(json.path("source").asText(), json.path("detail-type").asText()));
  }

  private static Arrival ofNotification(JsonNode created) {
    JsonNode s3 = created.path("s3");
    JsonNode object = s3.path("object");
    return new Arrival(
        text(s3.path("bucket"), "name"),
        URLDecoder.decode(text(object, "key"), StandardCharsets.UTF_8),
        nullIfEmpty(object.path("versionId").textValue()),
        nullIfEmpty(object.path("eTag").textValue()));
  }

  private static Arrival ofEventBridge(JsonNode detail) throws IOException {
    // An input transformer, or a schedule that replays an event, may hand it on as text.
    JsonNode s3 = detail.isTextual() ? JSON.readTree(detail.textValue()) : detail;
    JsonNode object = s3.path("object");
    return new Arrival(
        text(s3.path("bucket"), "name"),
        text(object, "key"),
        nullIfEmpty(object.path("version-id").textValue()),
        nullIfEmpty(object.path("etag").textValue()));
  }

  private static String text(JsonNode node, String name) {
    String text = node.path(name).textValue();
    if (text == null) {
      throw new IllegalArgumentException("the event has no text as \"" + name + "\" of its object");
    }
    return text;
  }

  private static @Nullable String nullIfEmpty(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
