package io.tapline.clevertap;

import io.tapline.aws.Clock;
import io.tapline.sync.Connection;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * CleverTap over HTTP/1.1 with the JDK's client, which never repeats a POST by itself (the JDK's
 * {@code HttpURLConnection} does).
 *
 * <p>Each call has a connection of its own. CleverTap may close one after each reply, and those of
 * a function's environment go stale while it is frozen between invocations: a call over such a
 * connection would be an unknown outcome, and events might count twice.
 */
public final class HttpCleverTapApi implements CleverTapApi {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");

  private final Clock clock;

  /**
   * The clients' threads. Each call has a client of its own, and starting three threads for it
   * would cost as much as the rest of the call.
   */
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("clevertap-", 0).factory());

  /** An API client; {@code clock} tells how long it is until a date in an answer. */
  public HttpCleverTapApi(Clock clock) {
    this.clock = clock;
  }

  /** Loads what a first call needs; else it takes longer. */
  public void prime() {
    newClient().close();
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
    return exchange(request, connection.baseUrl().getHost(), timeout);
  }

  /**
   * Of fixed length, since S3 takes no chunked body, and without any type: it is not signed for.
   */
  @Override
  public Reply put(URI url, ListFile list, Duration timeout) {
    ReadFailure failure = new ReadFailure();
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(timeout)
            .PUT(
                BodyPublishers.fromPublisher(
                    BodyPublishers.ofInputStream(() -> failure.watch(list.open())), list.size()))
            .build();
    Reply reply = exchange(request, url.getHost(), timeout);
    if (reply instanceof Reply.Lost) {
      failure.rethrow();
    }
    return reply;
  }

  private Reply exchange(HttpRequest request, String host, Duration timeout) {
    try (HttpClient client = newClient()) {
      try {
        // The request's own timeout ends at the answer's headers; its body may hang, too.
        HttpResponse<byte[]> response =
            client
                .sendAsync(request, BodyHandlers.ofByteArray())
                .get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        return new Reply.Answer(response.statusCode(), response.body(), retryAfter(response));
      } catch (ExecutionException e) {
        return failure(e.getCause(), host, timeout);
      } catch (TimeoutException e) {
        return noAnswer(host, timeout);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Reply.Lost("the call was interrupted");
      } finally {
        client.shutdownNow();
      }
    }
  }

  private static Reply failure(@Nullable Throwable cause, String host, Duration timeout) {
    return switch (cause) {
      case ConnectException e ->
          notConnected(host, isUnknown(e) ? "no such host" : "nothing answers there");
      case HttpConnectTimeoutException e ->
          notConnected(host, "no answer within %d s".formatted(CONNECT_TIMEOUT.toSeconds()));
      case SSLHandshakeException e ->
          notConnected(host, "no certificate that is trusted, or a proxy in the way");
      case HttpTimeoutException e -> noAnswer(host, timeout);
      case IOException e ->
          new Reply.Lost("the connection to %s broke (%s)".formatted(host, detail(e)));
      case null, default -> throw new IllegalStateException("the HTTP client failed", cause);
    };
  }

  private static Reply noAnswer(String host, Duration timeout) {
    return new Reply.Lost("no answer from %s within %d ms".formatted(host, timeout.toMillis()));
  }

  private HttpClient newClient() {
    // gzip and HTTP/2 are undocumented at CleverTap.
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .executor(threads)
        .connectTimeout(CONNECT_TIMEOUT)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  private static Reply notConnected(String host, String why) {
    return new Reply.NotSent("no connection to %s (%s)".formatted(host, why));
  }

  private static boolean isUnknown(ConnectException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }

  private static String detail(IOException e) {
    // What is said of an answer that is no HTTP quotes it, and with it perhaps what was sent.
    if (e instanceof ProtocolException) {
      return "an answer that is no HTTP";
    }
    return e.getMessage() == null ? "without a reason" : e.getMessage();
  }

  /** Seconds, or a date. */
  private @Nullable Duration retryAfter(HttpResponse<?> response) {
    String value = response.headers().firstValue("Retry-After").orElse("");
    if (SECONDS.matcher(value).matches()) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      Instant until = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value));
      Duration wait = Duration.between(clock.instant(), until);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
