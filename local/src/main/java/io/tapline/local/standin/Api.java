package io.tapline.local.standin;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the stand-in can be asked: CleverTap's APIs, and the S3 that takes custom lists. */
enum Api {
  /** Profiles, events and tokens; that they share one limit is assumed. */
  UPLOAD("upload", "POST", "/1/upload", 15),
  DEMERGE("demerge", "POST", "/1/demerge/profiles.json", 3),
  SUBSCRIBE("subscribe", "POST", "/1/subscribe", Integer.MAX_VALUE),
  DISASSOCIATE("disassociate", "POST", "/1/disassociate", Integer.MAX_VALUE),
  SEGMENT_URL("segment-url", "POST", "/get_custom_list_segment_url", 3),
  /** Not CleverTap's: each file has a path of its own below this one, on a port of its own. */
  SEGMENT_PUT("segment-put", "PUT", "/stand-in-s3", Integer.MAX_VALUE),
  SEGMENT_COMPLETE("segment-complete", "POST", "/upload_custom_list_segment_completed", 3);

  private final String text;
  private final String method;
  private final String path;
  private final int maxConcurrency;

  Api(String text, String method, String path, int maxConcurrency) {
    this.text = text;
    this.method = method;
    this.path = path;
    this.maxConcurrency = maxConcurrency;
  }

  /** The one that {@link Faults} call so. */
  static Optional<Api> named(String text) {
    return Arrays.stream(values()).filter(api -> api.text.equals(text)).findFirst();
  }

  static String names() {
    return Arrays.stream(values()).map(api -> api.text).collect(Collectors.joining(", "));
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  /** How many calls an account may have there at once; {@link Integer#MAX_VALUE}: none stated. */
  int maxConcurrency() {
    return maxConcurrency;
  }
}
