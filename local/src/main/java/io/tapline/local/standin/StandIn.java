package io.tapline.local.standin;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CleverTap on loopback, for pushes that must not reach a real account: it checks, refuses,
 * limits and replies as the documented API does. What it does beyond that, it does only when its
 * {@link Faults} say so. It keeps counts and no records. Safe for several threads.
 */
public final class StandIn implements AutoCloseable {

  private final StandInOptions options;
  private final Tally tally;
  private final @Nullable RequestLog log;
  private final Switchboard switchboard;
  private final LoopbackServer server;

  private StandIn(StandInOptions options, @Nullable RequestLog log) {
    this.options = options;
    this.tally = new Tally(options.recorder());
    this.log = log;
    this.switchboard = new Switchboard(options, List.of(new UploadEndpoint(options, tally)), log);
    this.server = LoopbackServer.start(options.port(), this::answer);
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
    return tally.stats(switchboard.maxConcurrency());
  }

  private Answer answer(Request request) {
    Answer answer = switchboard.answer(request);
    tally.count(answer);
    return answer;
  }

  /** Cuts the calls that are still open, and completes the request log. */
  @Override
  public void close() {
    server.close();
    if (log != null) {
      log.close();
    }
  }
}
