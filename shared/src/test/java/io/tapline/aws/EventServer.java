package io.tapline.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * As much of EventBridge as putting one event needs, on loopback. Public for the tests of other
 * modules.
 */
public final class EventServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String TAKEN =
      "{\"FailedEntryCount\": 0, \"Entries\": [{\"EventId\": \"1\"}]}";

  private final HttpServer server;
  private final List<JsonNode> entries = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String answer = TAKEN;

  /** Starts it on a free port. */
  public EventServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  /** Where the service is. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The entries of all requests, as they came. */
  public List<JsonNode> entries() {
    return entries;
  }

  /** Lets it answer so from now on. */
  void answer(int newStatus, String body) {
    status = newStatus;
    answer = body;
  }

  private void take(HttpExchange exchange) throws IOException {
    if ("AWSEvents.PutEvents".equals(exchange.getRequestHeaders().getFirst("X-Amz-Target"))) {
      JSON.readTree(exchange.getRequestBody()).path("Entries").forEach(entries::add);
    }
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
