package io.tapline.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Step 3 of a custom list: its file is there, and the segment is made. What is wrong with the file
 * itself, the reply does not say. That other refusals have the status 400, and their texts but for
 * {@code duplicate_name}, are assumed.
 */
final class SegmentCompleteEndpoint implements Endpoint {

  private static final List<String> TEXTS = List.of("name", "email", "filename", "creator", "url");

  private static final String NO_ADMIN =
      "Email id is either not in the right format or does not belong to a valid admin";

  private final Segments segments;
  private final SegmentFiles files;
  private final URI bucket;
  private final Set<String> admins;

  /**
   * @param bucket where {@code files} can be put
   * @param admins addresses of the account's admins, whatever their case; empty: any address is one
   */
  SegmentCompleteEndpoint(Segments segments, SegmentFiles files, URI bucket, Set<String> admins) {
    this.segments = segments;
    this.files = files;
    this.bucket = bucket;
    this.admins =
        admins.stream().map(email -> email.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  @Override
  public Api api() {
    return Api.SEGMENT_COMPLETE;
  }

  @Override
  public Handled handle(Request request) {
    Reply problem = JsonPost.problem(request.head());
    if (problem != null) {
      return Handled.refused(problem);
    }
    JsonNode body = Json.read(request.body());
    if (!isComplete(body)) {
      return Handled.refused(RecordReader.malformed());
    }
    if (!isAdmin(body.get("email"))) {
      return Handled.refused(Reply.error(401, NO_ADMIN));
    }
    return complete(body);
  }

  private Handled complete(JsonNode body) {
    String url = body.get("url").textValue();
    String start = bucket.toString();
    String target = url.startsWith(start) ? url.substring(start.length()) : "";
    if (!files.knows(target)) {
      return Handled.refused(Reply.error(400, "URL is not valid"));
    }
    Optional<Path> file = files.file(target);
    if (file.isEmpty()) {
      return Handled.refused(Reply.error(400, "File is not uploaded"));
    }
    boolean replace = body.get("replace").booleanValue();
    return segments
        .complete(body.get("name").textValue(), replace, file.get())
        .map(SegmentCompleteEndpoint::completed)
        .orElseGet(
            () ->
                Handled.refused(
                    Reply.error(400, replace ? "Segment does not exist" : "duplicate_name")));
  }

  private static Handled completed(Segment segment) {
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    reply.put("Segment ID", segment.id()).put("status", "success").put("code", 200);
    return new Handled(Reply.json(200, reply), true);
  }

  private static boolean isComplete(JsonNode body) {
    return body.path("replace").isBoolean()
        && TEXTS.stream().map(body::path).allMatch(v -> v.isTextual() && !v.textValue().isBlank());
  }

  private boolean isAdmin(JsonNode email) {
    return ContactCheck.isEmail(email)
        && (admins.isEmpty() || admins.contains(email.textValue().toLowerCase(Locale.ROOT)));
  }
}
