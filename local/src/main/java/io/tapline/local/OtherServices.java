package io.tapline.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tapline.local.standin.StandIn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of Secrets Manager, SSM, Lambda and EventBridge as the functions ask for, on one port of
 * the loopback interface. The one secret is the connection of the stand-in. Invocations and events
 * are told and end there. Any credentials do.
 */
final class OtherServices implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The secret that holds the connection. */
  private static final String SECRET = "tapline/connections/" + StandInConnections.NAME;

  private static final Pattern INVOCATION =
      Pattern.compile("/2015-03-31/functions/([^/]+)/invocations");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final StandIn standIn;
  private final Consumer<String> told;

  private OtherServices(HttpServer server, StandIn standIn, Consumer<String> told) {
    this.server = server;
    this.standIn = standIn;
    this.told = told;
  }

  /**
   * Starts to listen.
   *
   * @param port 0 takes a free one
   * @param told takes a line for each invocation and event, from several threads
   * @throws IOException when the port is taken
   */
  static OtherServices start(int port, StandIn standIn, Consumer<String> told) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    OtherServices services = new OtherServices(server, standIn, told);
    server.setExecutor(services.threads);
    server.createContext("/", services::serve);
    server.start();
    return services;
  }

  /** Where it listens. */
  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Matcher invocation = INVOCATION.matcher(exchange.getRequestURI().getPath());
      if (invocation.matches()) {
        told.accept(
            "%s asks to be invoked with %s"
                .formatted(invocation.group(1), new String(body, StandardCharsets.UTF_8)));
        exchange.sendResponseHeaders(202, -1);
        return;
      }
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      Answer answer = answer(String.valueOf(target), body);
      byte[] json = JSON.writeValueAsBytes(answer.body());
      exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
      exchange.sendResponseHeaders(answer.status(), json.length);
      exchange.getResponseBody().write(json);
    }
  }

  private Answer answer(String target, byte[] body) throws IOException {
    return switch (target) {
      case "secretsmanager.GetSecretValue" ->
          JSON.readTree(body).path("SecretId").asText().equals(SECRET)
              ? new Answer(
                  200,
                  JSON.createObjectNode().put("Name", SECRET).put("SecretString", connection()))
              : Answer.error("ResourceNotFoundException");
      case "AmazonSSM.GetParameter" -> Answer.error("ParameterNotFound");
      case "AWSEvents.PutEvents" -> new Answer(200, putEvents(JSON.readTree(body)));
      default -> Answer.error("UnknownOperationException");
    };
  }

  private String connection() {
    return JSON.createObjectNode()
        .put("accountId", standIn.accountId())
        .put("passcode", standIn.passcode())
        .put("baseUrl", standIn.baseUri().toString())
        .toString();
  }

  private ObjectNode putEvents(JsonNode request) {
    ObjectNode answer = JSON.createObjectNode().put("FailedEntryCount", 0);
    for (JsonNode event : request.path("Entries")) {
      told.accept(
          "event %s: %s"
              .formatted(event.path("DetailType").asText(), event.path("Detail").asText()));
      answer.withArray("Entries").addObject().put("EventId", UUID.randomUUID().toString());
    }
    return answer;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private record Answer(int status, ObjectNode body) {

    static Answer error(String type) {
      return new Answer(400, JSON.createObjectNode().put("__type", type));
    }
  }
}
