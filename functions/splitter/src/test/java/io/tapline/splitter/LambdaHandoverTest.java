package io.tapline.splitter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.LambdaException;

class LambdaHandoverTest {

  private static final String FUNCTION =
      "arn:aws:lambda:us-east-1:123456789012:function:tapline-splitter";

  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private volatile int status = 202;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          requests.add(
              String.join(
                  " ",
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().getPath(),
                  exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type"),
                  body));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void invokesTheFunctionAndDoesNotWaitForIt() {
    new LambdaHandover(this::client).invoke(FUNCTION, new OwnEvent.GoOn("vip", "job-1").toJson());

    assertThat(requests)
        .containsExactly(
            "POST /2015-03-31/functions/"
                + FUNCTION
                + "/invocations Event {\"tapline\":{\"sync\":\"vip\",\"job\":\"job-1\"}}");
  }

  @Test
  void failsWhereLambdaDoesNotTakeIt() {
    status = 403;

    assertThatExceptionOfType(LambdaException.class)
        .isThrownBy(() -> new LambdaHandover(this::client).invoke(FUNCTION, new byte[] {'{', '}'}));
  }

  private LambdaClient client() {
    return LambdaClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
        .region(Region.US_EAST_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .build();
  }
}
