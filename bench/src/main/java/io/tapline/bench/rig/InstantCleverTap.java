package io.tapline.bench.rig;

import io.tapline.clevertap.CleverTapApi;
import io.tapline.clevertap.ListFile;
import io.tapline.clevertap.Reply;
import io.tapline.sync.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A CleverTap that takes all at once, without looking at it: what remains of a push is Tapline's
 * own. It finds the number of made-up records by their beginnings. Thread-safe.
 */
final class InstantCleverTap implements CleverTapApi {

  private static final byte[] RECORD = "{\"type\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int LIST_BUFFER = 64 << 10;

  private final AtomicLong listBytes = new AtomicLong();

  /** Bytes of custom lists that were put. */
  long listBytes() {
    return listBytes.get();
  }

  @Override
  public Reply post(Connection connection, String path, byte[] json, Duration timeout) {
    return switch (path) {
      case "/get_custom_list_segment_url" ->
          answer("{\"presignedS3URL\":\"http://list/1\",\"expiry\":\"\",\"status\":\"success\"}");
      case "/upload_custom_list_segment_completed" ->
          answer("{\"Segment ID\":1,\"status\":\"success\",\"code\":200}");
      default ->
          answer(
              "{\"status\":\"success\",\"processed\":%d,\"unprocessed\":[]}"
                  .formatted(records(json)));
    };
  }

  @Override
  public Reply put(URI url, ListFile list, Duration timeout) {
    byte[] buffer = new byte[LIST_BUFFER];
    try (InputStream in = list.open()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        listBytes.addAndGet(count);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return answer("");
  }

  private static Reply answer(String json) {
    return new Reply.Answer(200, json.getBytes(StandardCharsets.UTF_8), null);
  }

  private static int records(byte[] json) {
    int count = 0;
    for (int at = 0; at <= json.length - RECORD.length; at++) {
      if (json[at] == '{' && isRecord(json, at)) {
        count++;
      }
    }
    return count;
  }

  private static boolean isRecord(byte[] json, int at) {
    for (int i = 1; i < RECORD.length; i++) {
      if (json[at + i] != RECORD[i]) {
        return false;
      }
    }
    return true;
  }
}
