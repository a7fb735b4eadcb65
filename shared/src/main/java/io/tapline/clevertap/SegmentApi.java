package io.tapline.clevertap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapline.sync.Connection;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The three calls that make a segment of a custom list. Each is made once: whether to try again is
 * the caller's to say. Safe for use by several threads.
 */
public final class SegmentApi {

  private static final String URL_PATH = "/get_custom_list_segment_url";
  private static final String COMPLETE_PATH = "/upload_custom_list_segment_completed";

  private static final int OK = 200;
  private static final int EXPIRED = 403;
  private static final int THROTTLED = 429;
  private static final int UNAVAILABLE = 503;

  private static final Set<String> SCHEMES = Set.of("http", "https");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final CleverTapApi api;

  /** The calls, made by {@code api}. */
  public SegmentApi(CleverTapApi api) {
    this.api = api;
  }

  /** Asks where a list can be put. That has no effect, so it may always be asked again. */
  public SegmentAnswer url(Connection connection, Duration timeout) {
    return switch (api.post(connection, URL_PATH, new byte[0], timeout)) {
      case Reply.NotSent notSent -> noConnection(notSent);
      case Reply.Lost lost -> new SegmentAnswer.Later("NO_ANSWER", lost.reason(), Duration.ZERO);
      case Reply.Answer answer -> url(answer, connection);
    };
  }

  private static SegmentAnswer url(Reply.Answer answer, Connection connection) {
    JsonNode body = parse(answer);
    String url = body.path("presignedS3URL").asText();
    if (answer.status() == OK && isUrl(url)) {
      return new SegmentAnswer.Url(url);
    }
    int status = status(answer, body);
    String reason = ErrorText.of(status, error(body), connection.passcode());
    return switch (status) {
      case 401, 403, 404, 405 -> forbidden(reason, connection);
      case THROTTLED, UNAVAILABLE -> later(status, reason, answer);
      // "URL not generated, Please come back later", with whatever status.
      case OK -> new SegmentAnswer.Later("NO_URL", reason, Duration.ZERO);
      default ->
          status >= 500 || reason.toLowerCase(Locale.ROOT).contains("later")
              ? later(status, reason, answer)
              : new SegmentAnswer.Refused(reason);
    };
  }

  /**
   * Puts a list where {@link #url} said. The same list may be put there again.
   *
   * @param timeout for the whole list
   * @throws RuntimeException when the list itself can't be read
   */
  public SegmentAnswer put(String url, ListFile list, Duration timeout) {
    return switch (api.put(URI.create(url), list, timeout)) {
      case Reply.NotSent notSent -> noConnection(notSent);
      case Reply.Lost lost -> new SegmentAnswer.Later("NO_ANSWER", lost.reason(), Duration.ZERO);
      case Reply.Answer answer -> put(answer);
    };
  }

  private static SegmentAnswer put(Reply.Answer answer) {
    int status = answer.status();
    String reason = "HTTP %d where the list is put".formatted(status);
    if (status / 100 == 2) {
      return new SegmentAnswer.Stored();
    }
    if (status == EXPIRED) {
      return new SegmentAnswer.Expired();
    }
    // S3 answers 400 to a body that comes too slowly.
    boolean tooSlow =
        new String(answer.body(), StandardCharsets.UTF_8).contains("<Code>RequestTimeout</Code>");
    return status >= 500 || status == THROTTLED || tooSlow
        ? later(status, reason, answer)
        : new SegmentAnswer.Refused(reason);
  }

  /** Asks CleverTap to make a segment of a list that was put. */
  public SegmentAnswer complete(Connection connection, SegmentRequest request, Duration timeout) {
    ObjectNode json = JSON.createObjectNode();
    json.put("name", request.name())
        .put("email", request.email())
        .put("filename", request.fileName())
        .put("creator", request.creator())
        .put("url", request.url())
        .put("replace", request.replace());
    byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
    return switch (api.post(connection, COMPLETE_PATH, body, timeout)) {
      case Reply.NotSent notSent -> noConnection(notSent);
      case Reply.Lost lost -> new SegmentAnswer.Unknown("NO_ANSWER", lost.reason());
      case Reply.Answer answer -> complete(answer, connection, request);
    };
  }

  private static SegmentAnswer complete(
      Reply.Answer answer, Connection connection, SegmentRequest request) {
    JsonNode body = parse(answer);
    int status = status(answer, body);
    String reason =
        ErrorText.of(status, error(body), connection.passcode(), request.url(), request.email());
    return switch (status) {
      case OK -> taken(body, reason);
      case 401 ->
          // Of a wrong passcode CleverTap speaks otherwise, but with the same status.
          reason.toLowerCase(Locale.ROOT).contains("email")
              ? new SegmentAnswer.WrongEmail(reason)
              : forbidden(reason, connection);
      case 403, 405 -> forbidden(reason, connection);
      case 404 ->
          // CleverTap's own words are about the segment, others about the address.
          error(body) == null ? forbidden(reason, connection) : new SegmentAnswer.Refused(reason);
      case THROTTLED, UNAVAILABLE -> later(status, reason, answer);
      default ->
          status >= 500
              ? new SegmentAnswer.Unknown(Integer.toString(status), reason)
              : new SegmentAnswer.Refused(reason);
    };
  }

  private static SegmentAnswer taken(JsonNode body, String reason) {
    return switch (body.path("status").asText()) {
      case "success" ->
          new SegmentAnswer.Completed(
              body.path("Segment ID").canConvertToLong() ? body.path("Segment ID").asLong() : null);
      case "" ->
          new SegmentAnswer.Unknown("NO_ANSWER", "HTTP 200 with a body that is not CleverTap's");
      default -> new SegmentAnswer.Refused(reason);
    };
  }

  /** The status of an answer, or of its body where HTTP's own says that all is well. */
  private static int status(Reply.Answer answer, JsonNode body) {
    int code = body.path("code").asInt(0);
    return answer.status() / 100 != 2 ? answer.status() : code == 0 ? OK : code;
  }

  private static @Nullable String error(JsonNode body) {
    return body.path("error").isTextual() ? body.path("error").asText() : null;
  }

  private static JsonNode parse(Reply.Answer answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private static boolean isUrl(String text) {
    try {
      URI url = new URI(text);
      return url.getHost() != null && SCHEMES.contains(url.getScheme());
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static SegmentAnswer noConnection(Reply.NotSent notSent) {
    return new SegmentAnswer.Later("NO_CONNECTION", notSent.reason(), Duration.ZERO);
  }

  private static SegmentAnswer later(int status, String reason, Reply.Answer answer) {
    Duration retryAfter = answer.retryAfter();
    return new SegmentAnswer.Later(
        Integer.toString(status), reason, retryAfter == null ? Duration.ZERO : retryAfter);
  }

  private static SegmentAnswer forbidden(String reason, Connection connection) {
    return new SegmentAnswer.Forbidden(ErrorText.forbidden(reason, connection));
  }
}
