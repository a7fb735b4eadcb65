package io.tapline.local.packed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Lambda's side of the Runtime API for one function, on loopback: hands the function's runtime one
 * event after another, and takes what it answers.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">The Runtime API</a>
 */
final class RuntimeApi implements AutoCloseable {

  private static final String INVOCATIONS = "/2018-06-01/runtime/invocation/";
  private static final String INIT_ERROR = "/2018-06-01/runtime/init/error";

  private final String functionArn;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Invocation> events = new LinkedBlockingQueue<>();
  private final Map<String, Invocation> underWay = new ConcurrentHashMap<>();

  private RuntimeApi(String functionArn, HttpServer server) {
    this.functionArn = functionArn;
    this.server = server;
  }

  /** Starts it on a free port. */
  static RuntimeApi start(String functionArn) throws IOException {
    RuntimeApi api =
        new RuntimeApi(
            functionArn,
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    api.server.createContext(INVOCATIONS, api::serve);
    api.server.createContext(INIT_ERROR, api::failInit);
    api.server.setExecutor(api.threads);
    api.server.start();
    return api;
  }

  /** Host and port, as {@code AWS_LAMBDA_RUNTIME_API} wants them. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * Hands an event to the function.
   *
   * @param time the function's time, from when it gets the event
   * @return completed when the function answers
   */
  CompletableFuture<Answer> invoke(byte[] event, Duration time) {
    Invocation invocation =
        new Invocation(UUID.randomUUID().toString(), event, time, new CompletableFuture<>());
    underWay.put(invocation.id(), invocation);
    events.add(invocation);
    return invocation.answer();
  }

  private void serve(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().substring(INVOCATIONS.length()).split("/");
    if (path[0].equals("next")) {
      handOut(exchange);
      return;
    }
    Invocation invocation = underWay.remove(path[0]);
    String body = body(exchange);
    if (invocation == null) {
      respond(exchange, 400, new byte[0]);
      return;
    }
    respond(exchange, 202, new byte[0]);
    invocation.answer().complete(new Answer(path[1].equals("error"), body));
  }

  private void handOut(HttpExchange exchange) throws IOException {
    Invocation next;
    try {
      next = events.take();
    } catch (InterruptedException e) {
      exchange.close();
      return;
    }
    Map.of(
            "Lambda-Runtime-Aws-Request-Id",
            next.id(),
            "Lambda-Runtime-Deadline-Ms",
            Long.toString(Instant.now().plus(next.time()).toEpochMilli()),
            "Lambda-Runtime-Invoked-Function-Arn",
            functionArn,
            "Lambda-Runtime-Trace-Id",
            "Root=1-69242fd4-1a2b3c4d5e6f708192a3b4c5;Parent=5f60718293a4b5c6;Sampled=0")
        .forEach(exchange.getResponseHeaders()::add);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    respond(exchange, 200, next.event());
  }

  private void failInit(HttpExchange exchange) throws IOException {
    String body = body(exchange);
    respond(exchange, 202, new byte[0]);
    underWay.values().forEach(invocation -> invocation.answer().complete(new Answer(true, body)));
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** What a function answered, or the error with which it failed. */
  record Answer(boolean isError, String json) {}

  private record Invocation(
      String id, byte[] event, Duration time, CompletableFuture<Answer> answer) {}
}
