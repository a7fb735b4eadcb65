package io.tapline.sync;

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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * As much of Secrets Manager and of SSM's Parameter Store as reading a connection needs, on
 * loopback. Public for the tests of other modules.
 */
public final class SecretServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /** Starts it on a free port. */
  public SecretServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where both services are. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What was asked, as {@code GetSecretValue <id>} or {@code GetParameter <name>}. */
  List<String> requests() {
    return requests;
  }

  /** Makes or replaces a secret of text. */
  public void putSecret(String id, String text) {
    answers.put(
        "GetSecretValue " + id,
        new Answer(200, JSON.createObjectNode().put("Name", id).put("SecretString", text)));
  }

  void putBinarySecret(String id) {
    answers.put(
        "GetSecretValue " + id,
        new Answer(200, JSON.createObjectNode().put("Name", id).put("SecretBinary", "AAAA")));
  }

  /** Makes or replaces a parameter of this type, such as {@code SecureString}. */
  public void putParameter(String name, String type, String value) {
    JsonNode parameter =
        JSON.createObjectNode().put("Name", name).put("Type", type).put("Value", value);
    answers.put(
        "GetParameter " + name,
        new Answer(200, JSON.createObjectNode().set("Parameter", parameter)));
  }

  void fail(String request, int status, String type) {
    answers.put(request, new Answer(status, JSON.createObjectNode().put("__type", type)));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    JsonNode body = JSON.readTree(exchange.getRequestBody());
    boolean secret = target.equals("secretsmanager.GetSecretValue");
    String request =
        secret
            ? "GetSecretValue " + body.path("SecretId").asText()
            : "GetParameter " + body.path("Name").asText();
    requests.add(request);
    Answer missing =
        new Answer(
            400,
            JSON.createObjectNode()
                .put("__type", secret ? "ResourceNotFoundException" : "ParameterNotFound"));
    Answer answer = answers.getOrDefault(request, missing);
    if (!secret && !body.path("WithDecryption").asBoolean()) {
      answer = new Answer(400, JSON.createObjectNode().put("__type", "NotDecrypted"));
    }
    byte[] bytes = answer.body().toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private record Answer(int status, JsonNode body) {}
}
