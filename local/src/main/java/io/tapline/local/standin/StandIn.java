package io.tapline.local.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CleverTap on loopback, for pushes that must not reach a real account: it checks, refuses,
 * limits and replies as the documented API does. What it does beyond that, it does only when its
 * {@link Faults} say so. It keeps counts, the files of custom lists until it is closed, and no
 * records. Safe for several threads.
 *
 * <p>The S3 that takes custom lists has a port of its own, so that a client which sends CleverTap's
 * headers there can be told from one that does not.
 */
public final class StandIn implements AutoCloseable {

  private final StandInOptions options;
  private final Tally tally;
  private final @Nullable RequestLog log;
  private final Segments segments;
  private final SegmentFiles files;
  private final SegmentBucket bucket;
  private final LoopbackServer bucketServer;
  private final Switchboard switchboard;
  private final LoopbackServer server;

  private StandIn(StandInOptions options, @Nullable RequestLog log) {
    this.options = options;
    this.tally = new Tally(options.recorder());
    this.log = log;
    this.segments = new Segments(options.existingSegments());
    this.files = new SegmentFiles(options.clock());
    CallFaults faults = new CallFaults(options.faults());
    this.bucket = new SegmentBucket(files, faults, tally, log);
    this.bucketServer = LoopbackServer.start(0, bucket);
    this.switchboard = new Switchboard(options, endpoints(bucketServer.baseUri()), faults, log);
    try {
      this.server = LoopbackServer.start(options.port(), this::answer);
    } catch (UncheckedIOException e) {
      bucketServer.close();
      throw e;
    }
  }

  private List<Endpoint> endpoints(URI s3) {
    return List.of(
        new UploadEndpoint(options, tally),
        new DemergeEndpoint(tally),
        ContactEndpoint.subscriptions(options.faults(), tally),
        ContactEndpoint.disassociations(options.faults(), tally),
        new SegmentUrlEndpoint(files, s3),
        new SegmentCompleteEndpoint(segments, files, s3, options.admins()));
  }

  /**
   * Starts one; it answers until it is closed.
   *
   * @throws UncheckedIOException when its port is taken or its request log can't be written
   */
  public static StandIn start(StandInOptions options) {
    Path file = options.requestLog();
    RequestLog log = file == null ? null : new RequestLog(file);
    try {
      return new StandIn(options, log);
    } catch (UncheckedIOException e) {
      if (log != null) {
        log.close();
      }
      throw e;
    }
  }

  /** Scheme, host and port. */
  public URI baseUri() {
    return server.baseUri();
  }

  /** What {@code X-CleverTap-Account-Id} must say. */
  public String accountId() {
    return options.accountId();
  }

  /** What {@code X-CleverTap-Passcode} must say. */
  public String passcode() {
    return options.passcode();
  }

  /** What it has seen so far. */
  public StandInStats stats() {
    Map<String, Integer> most = new HashMap<>(switchboard.maxConcurrency());
    most.putAll(bucket.maxConcurrency());
    return tally.stats(most);
  }

  /**
   * The custom list segments that were completed so far, in this order, also those whose reply was
   * lost; one that was replaced is there as often.
   */
  public List<Segment> segments() {
    return segments.completed();
  }

  private Answer answer(Incoming incoming) throws IOException {
    Request request = incoming.whole();
    Answer answer = switchboard.answer(request);
    tally.count(request.head().path(), answer);
    return answer;
  }

  /**
   * Cuts the calls that are still open, deletes the files of custom lists, and completes the
   * request log.
   */
  @Override
  public void close() {
    server.close();
    bucketServer.close();
    files.close();
    if (log != null) {
      log.close();
    }
  }
}
