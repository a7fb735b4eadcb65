package io.tapline.clevertap;

import io.tapline.aws.Clock;
import io.tapline.sync.Connection;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * CleverTap over HTTP/1.1 with the JDK's client, which never repeats a POST by itself (the JDK's
 * {@code HttpURLConnection} does).
 */
public final class HttpCleverTapApi implements CleverTapApi {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /**
   * A function's environment is frozen between invocations and its pooled connections go stale
   * unnoticed; a call over one would be an unknown outcome. After such a pause the pool is dropped.
   */
  private static final Duration POOL_AGE = Duration.ofSeconds(10);

  private final Clock clock;
  private HttpClient client;
  private Instant lastUse;

  /** An API client that measures pauses with {@code clock}. */
  public HttpCleverTapApi(Clock clock) {
    this.clock = clock;
    this.client = newClient();
    this.lastUse = clock.instant();
  }

  @Override
  public Reply post(Connection connection, String path, byte[] json, Duration timeout) {
    HttpRequest request =
        HttpRequest.newBuilder(connection.baseUrl().resolve(path))
            .header("Content-Type", "application/json")
            .header("X-CleverTap-Account-Id", connection.accountId())
            .header("X-CleverTap-Passcode", connection.passcode())
            .timeout(timeout)
            .POST(BodyPublishers.ofByteArray(json))
            .build();
    try {
      HttpResponse<byte[]> response = freshClient().send(request, BodyHandlers.ofByteArray());
      return new Reply.Answer(response.statusCode(), response.body(), retryAfter(response));
    } catch (ConnectException | HttpConnectTimeoutException | SSLHandshakeException e) {
      return new Reply.NotSent(describe("no connection to", connection, e));
    } catch (HttpTimeoutException e) {
      return new Reply.Lost(
          "no answer from %s within %d s"
              .formatted(connection.baseUrl().getHost(), timeout.toSeconds()));
    } catch (IOException e) {
      return new Reply.Lost(describe("the connection broke to", connection, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Reply.Lost("the call was interrupted");
    }
  }

  private synchronized HttpClient freshClient() {
    Instant now = clock.instant();
    if (now.isAfter(lastUse.plus(POOL_AGE))) {
      client = newClient();
    }
    lastUse = now;
    return client;
  }

  private static HttpClient newClient() {
    // gzip and HTTP/2 are undocumented at CleverTap.
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT_TIMEOUT)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  private static String describe(String what, Connection connection, IOException e) {
    String detail = e.getMessage() == null ? "" : ": " + e.getMessage();
    return "%s %s (%s%s)"
        .formatted(what, connection.baseUrl().getHost(), e.getClass().getSimpleName(), detail);
  }

  private static @Nullable Duration retryAfter(HttpResponse<?> response) {
    Optional<String> header = response.headers().firstValue("Retry-After");
    return header
        .filter(value -> value.matches("\\d{1,6}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)))
        .orElse(null);
  }
}
