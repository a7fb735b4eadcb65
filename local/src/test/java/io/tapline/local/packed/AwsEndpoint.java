package io.tapline.local.packed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * As much of Lambda and of EventBridge as the functions call, on loopback: it takes asynchronous
 * invocations and events, and keeps the former until a test asks.
 */
final class AwsEndpoint implements AutoCloseable {

  private static final byte[] ONE_EVENT_TAKEN =
      "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"1\"}]}".getBytes(StandardCharsets.UTF_8);

  private final HttpServer server;
  private final List<String> invocations = new ArrayList<>();

  private AwsEndpoint(HttpServer server) {
    this.server = server;
  }

  /** Starts it on a free port. */
  static AwsEndpoint start() throws IOException {
    AwsEndpoint endpoint =
        new AwsEndpoint(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    endpoint.server.createContext("/", endpoint::take);
    endpoint.server.start();
    return endpoint;
  }

  /** Where both services are. */
  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The events of the invocations that came since the last time, in their order. */
  synchronized List<String> takeInvocations() {
    List<String> taken = List.copyOf(invocations);
    invocations.clear();
    return taken;
  }

  private synchronized void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (exchange.getRequestURI().getPath().endsWith("/invocations")) {
      invocations.add(body);
      exchange.sendResponseHeaders(202, -1);
    } else {
      exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
      exchange.sendResponseHeaders(200, ONE_EVENT_TAKEN.length);
      exchange.getResponseBody().write(ONE_EVENT_TAKEN);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
