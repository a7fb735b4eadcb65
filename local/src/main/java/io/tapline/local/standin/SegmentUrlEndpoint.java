package io.tapline.local.standin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Step 1 of a custom list: a URL that its file can be put to. */
final class SegmentUrlEndpoint implements Endpoint {

  /** Such as "7 May, 01:29 PM". That it is UTC is assumed. */
  private static final DateTimeFormatter EXPIRY =
      DateTimeFormatter.ofPattern("d MMM, hh:mm a", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final SegmentFiles files;
  private final URI bucket;

  /**
   * @param bucket where {@code files} can be put
   */
  SegmentUrlEndpoint(SegmentFiles files, URI bucket) {
    this.files = files;
    this.bucket = bucket;
  }

  @Override
  public Api api() {
    return Api.SEGMENT_URL;
  }

  @Override
  public Handled handle(Request request) {
    Reply problem = JsonPost.problem(request.head());
    if (problem == null && request.body().length > 0) {
      problem = Reply.error(400, "A request has no body");
    }
    if (problem != null) {
      return Handled.refused(problem);
    }
    SegmentFiles.Grant grant = files.grant();
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    reply.put("presignedS3URL", bucket + grant.target());
    reply.put("expiry", EXPIRY.format(grant.expiresAt()));
    reply.put("status", "success");
    return new Handled(Reply.json(200, reply), true);
  }

  /** CleverTap's text when it has no URL to give; its status and form are assumed. */
  static Reply notGenerated() {
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    reply.put("status", "fail").put("error", "URL not generated, Please come back later");
    return Reply.json(200, reply);
  }
}
