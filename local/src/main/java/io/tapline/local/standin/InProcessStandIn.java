package io.tapline.local.standin;

import io.tapline.clevertap.CleverTapApi;
import io.tapline.sync.Connection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The stand-in's upload API without a server: a call is a call of a method, and takes no time. A
 * connection that would be reset, or kept silent, is a lost answer. Safe for several threads.
 */
public final class InProcessStandIn implements CleverTapApi {

  private final StandInOptions options;
  private final Switchboard switchboard;

  /** A stand-in with these options; port and request log do not matter, latency is real time. */
  public InProcessStandIn(StandInOptions options) {
    this.options = options;
    this.switchboard =
        new Switchboard(
            options,
            List.of(new UploadEndpoint(options, new Tally(options.recorder()))),
            new CallFaults(options.faults()),
            null);
  }

  /** Its account and passcode; the host is none. */
  public Connection connection(String name) {
    return new Connection(
        name, options.accountId(), options.passcode(), URI.create("http://stand-in"));
  }

  @Override
  public io.tapline.clevertap.Reply post(
      Connection connection, String path, byte[] json, Duration timeout) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Content-Type", "application/json");
    headers.put("X-CleverTap-Account-Id", connection.accountId());
    headers.put("X-CleverTap-Passcode", connection.passcode());
    return switch (switchboard.answer(new Request(new RequestHead("POST", path, headers), json))) {
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
}
