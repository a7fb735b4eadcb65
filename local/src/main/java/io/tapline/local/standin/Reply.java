package io.tapline.local.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * An HTTP reply.
 *
 * @param headers besides the length of the body
 * @param closes whether the server closes the connection after it
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares replies
record Reply(int status, Map<String, String> headers, byte[] body, boolean closes)
    implements Answer {

  static Reply json(int status, JsonNode body) {
    try {
      return of(status, "application/json", Json.MAPPER.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** CleverTap's form of an error that concerns the whole call. */
  static Reply error(int status, String error) {
    return json(
        status,
        JsonNodeFactory.instance
            .objectNode()
            .put("status", "fail")
            .put("error", error)
            .put("code", status));
  }

  /** The form in which a gateway before the API answers: no JSON. */
  static Reply gateway(int status) {
    String page = "<html><body><h1>" + status + "</h1></body></html>";
    return of(status, "text/html", page.getBytes(StandardCharsets.US_ASCII));
  }

  /** The form in which S3 stores without a word. */
  static Reply empty(int status) {
    return new Reply(status, Map.of(), new byte[0], false);
  }

  /** S3's form of an error. */
  static Reply s3Error(int status, String code, String message) {
    String xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message></Error>"
            .formatted(code, message);
    return of(status, "application/xml", xml.getBytes(StandardCharsets.UTF_8));
  }

  private static Reply of(int status, String contentType, byte[] body) {
    return new Reply(status, Map.of("Content-Type", contentType), body, false);
  }

  boolean isJson() {
    return "application/json".equals(headers.get("Content-Type"));
  }

  boolean isXml() {
    return "application/xml".equals(headers.get("Content-Type"));
  }

  Reply withHeader(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Reply(status, Map.copyOf(more), body, closes);
  }

  Reply withBody(byte[] other) {
    return new Reply(status, headers, other, closes);
  }

  Reply closing() {
    return new Reply(status, headers, body, true);
  }
}
