package io.tapline.local.standin;

import io.tapline.clevertap.CleverTapApi;
import io.tapline.clevertap.ListFile;
import io.tapline.sync.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The stand-in without its servers: a call is a call of a method, and takes no time. A connection
 * that would be reset, or kept silent, is a lost answer. Safe for several threads.
 */
public final class InProcessStandIn implements CleverTapApi, AutoCloseable {

  private static final URI S3 = URI.create("http://stand-in-s3");

  private final StandInOptions options;
  private final Segments segments;
  private final SegmentFiles files;
  private final SegmentBucket bucket;
  private final Switchboard switchboard;

  /** A stand-in with these options; port and request log do not matter, latency is real time. */
  public InProcessStandIn(StandInOptions options) {
    this.options = options;
    this.segments = new Segments(options.existingSegments());
    this.files = new SegmentFiles(options.clock());
    CallFaults faults = new CallFaults(options.faults());
    Tally tally = new Tally(options.recorder());
    this.bucket = new SegmentBucket(files, faults, tally, null);
    this.switchboard =
        new Switchboard(
            options,
            List.of(
                new UploadEndpoint(options, tally),
                new DemergeEndpoint(tally),
                ContactEndpoint.subscriptions(options.faults(), tally),
                ContactEndpoint.disassociations(options.faults(), tally),
                new SegmentUrlEndpoint(files, S3),
                new SegmentCompleteEndpoint(segments, files, S3, options.admins())),
            faults,
            null);
  }

  /** Its account and passcode; the host is none. */
  public Connection connection(String name) {
    return new Connection(
        name, options.accountId(), options.passcode(), URI.create("http://stand-in"));
  }

  /** As {@link StandIn#segments()}. */
  public List<Segment> segments() {
    return segments.completed();
  }

  @Override
  public io.tapline.clevertap.Reply post(
      Connection connection, String path, byte[] json, Duration timeout) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Content-Type", "application/json");
    headers.put("X-CleverTap-Account-Id", connection.accountId());
    headers.put("X-CleverTap-Passcode", connection.passcode());
    return reply(switchboard.answer(new Request(new RequestHead("POST", path, headers), json)));
  }

  @Override
  public io.tapline.clevertap.Reply put(URI url, ListFile list, Duration timeout) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Content-Length", Long.toString(list.size()));
    String target = url.getRawPath() + "?" + url.getRawQuery();
    try (InputStream content = list.open()) {
      RequestBody body = RequestBody.ofLength(new LineReader(content), list.size(), null);
      return reply(bucket.answer(new Incoming(new RequestHead("PUT", target, headers), body)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static io.tapline.clevertap.Reply reply(Answer answer) {
    return switch (answer) {
      case Answer.Reset reset -> new io.tapline.clevertap.Reply.Lost("the connection was reset");
      case Answer.Silence silence -> new io.tapline.clevertap.Reply.Lost("no answer in time");
      case Reply reply ->
          new io.tapline.clevertap.Reply.Answer(
              reply.status(), reply.body(), retryAfter(reply.headers().get("Retry-After")));
    };
  }

  private static @Nullable Duration retryAfter(@Nullable String seconds) {
    return seconds == null ? null : Duration.ofSeconds(Long.parseLong(seconds));
  }

  /** Deletes the files of custom lists. */
  @Override
  public void close() {
    files.close();
  }
}
