package io.tapline.local.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackServerTest {

  /** Answers each request with its method, target, header {@code A} and body. */
  private static Answer echo(Incoming incoming) throws IOException {
    Request request = incoming.whole();
    String text =
        "%s %s %s %s"
            .formatted(
                request.head().method(),
                request.head().target(),
                request.head().header("a"),
                new String(request.body(), StandardCharsets.UTF_8));
    return new Reply(200, Map.of(), text.getBytes(StandardCharsets.UTF_8), false);
  }

  /** All that the server sends until it closes the connection. */
  private static String exchange(String request) throws Exception {
    try (LoopbackServer server = LoopbackServer.start(0, LoopbackServerTest::echo);
        Socket socket = new Socket(server.baseUri().getHost(), server.baseUri().getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String wire(String text) {
    return text.replace("~", "\r\n");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "no body         | GET /a?b HTTP/1.1~A: x~~ | GET /a?b x ",
        "header's case   | GET / HTTP/1.1~a:x~~ | GET / x ",
        "LF only         | GET / HTTP/1.1^A: x^^ | GET / x ",
        "a length        | POST / HTTP/1.1~Content-Length: 3~~abc | POST / null abc",
        "chunks          | POST / HTTP/1.1~Transfer-Encoding: chunked~~2~ab~A;x=y~0123456789~0~T:"
            + " 1~~ | POST / null ab0123456789",
      })
  void readsARequest(String rule, String request, String reply) throws Exception {
    assertThat(exchange(wire(request.replace("^", "\n"))))
        .startsWith("HTTP/1.1 200 ")
        .contains(reply.strip());
  }

  @Test
  void keepsTheConnectionUntilAskedToCloseIt() throws Exception {
    String replies =
        exchange(
            wire(
                "GET /1 HTTP/1.1~~POST /2 HTTP/1.1~Content-Length: 1~~x"
                    + "GET /3 HTTP/1.1~Connection: close~~GET /4 HTTP/1.1~~"));
    assertThat(replies)
        .contains("GET /1", "POST /2 null x", "GET /3", "Connection: close")
        .doesNotContain("GET /4");
  }

  @Test
  void tellsAWaitingClientToSendItsBody() throws Exception {
    String reply = exchange(wire("PUT / HTTP/1.1~Expect: 100-continue~Content-Length: 1~~x"));
    assertThat(reply)
        .startsWith(wire("HTTP/1.1 100 Continue~~HTTP/1.1 200 "))
        .contains("PUT / null x");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "two words       | GET /~~ | 400",
        "another version | PRI * HTTP/2.0~~ | 400",
        "a nameless header | GET / HTTP/1.1~: x~~ | 400",
        "a length in words | POST / HTTP/1.1~Content-Length: x~~ | 400",
        "a negative length | POST / HTTP/1.1~Content-Length: -1~~ | 400",
        "too long a body | POST / HTTP/1.1~Content-Length: 67108865~~ | 413",
        "another encoding | POST / HTTP/1.1~Transfer-Encoding: gzip~~ | 400",
        "chunk over its size | POST / HTTP/1.1~Transfer-Encoding: chunked~~1~ab~~ | 400",
      })
  void refusesWhatIsNoRequest(String rule, String request, int status) throws Exception {
    assertThat(exchange(wire(request)))
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("Connection: close", "\"status\":\"fail\"");
  }

  @Test
  void refusesAHeadWithoutEnd() throws Exception {
    assertThat(exchange("GET /" + "a".repeat(64 * 1024))).startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing         | ''",
        "half a line     | GET",
        "half a head     | GET / HTTP/1.1~A: x~",
        "half a body     | POST / HTTP/1.1~Content-Length: 3~~ab",
        "half the chunks | POST / HTTP/1.1~Transfer-Encoding: chunked~~1~a~",
      })
  void answersNothingToAClientThatLeaves(String rule, String request) throws Exception {
    assertThat(exchange(wire(request))).isEmpty();
  }

  @Test
  void closesItsConnections() throws Exception {
    LoopbackServer server = LoopbackServer.start(0, LoopbackServerTest::echo);
    try (Socket socket = new Socket(server.baseUri().getHost(), server.baseUri().getPort())) {
      socket.getOutputStream().write(wire("GET / HTTP/1.1~~").getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      assertThat(in.read()).isEqualTo('H');
      server.close();
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).endsWith("GET / null ");
    }
  }
}
