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
 * As much of Lambda as a function needs that invokes itself asynchronously, on loopback: it takes
 * invocations, and keeps them until a test asks.
 */
final class LambdaServer implements AutoCloseable {

  private final HttpServer server;
  private final List<String> invocations = new ArrayList<>();

  private LambdaServer(HttpServer server) {
    this.server = server;
  }

  /** Starts it on a free port. */
  static LambdaServer start() throws IOException {
    LambdaServer lambda =
        new LambdaServer(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    lambda.server.createContext("/", lambda::take);
    lambda.server.start();
    return lambda;
  }

  /** Where it is. */
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
    invocations.add(body);
    exchange.sendResponseHeaders(202, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
