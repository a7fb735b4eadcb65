package io.tapline.clevertap;

import static io.tapline.clevertap.RawServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tapline.clevertap.RawServer.Behaviour;
import io.tapline.sync.Connection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HttpCleverTapApiTest {

  private static final String PASSCODE = "PASSCODE-5";
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(150);

  private final VirtualClock clock = new VirtualClock();
  private final HttpCleverTapApi api = new HttpCleverTapApi(clock);

  private Reply post(URI url, Duration timeout) {
    Connection connection = new Connection("prod", "ACCOUNT-1", PASSCODE, url);
    byte[] body = "{\"d\":[\"é\"]}".getBytes(StandardCharsets.UTF_8);
    return api.post(connection, Endpoint.UPLOAD.path(), body, timeout);
  }

  @Test
  void sendsPlainJsonOverHttp11() throws IOException {
    try (RawServer server = new RawServer(reply(RawServer.OK))) {
      post(server.url(), LONG);

      assertThat(server.requests()).hasSize(1);
      String request = server.requests().getFirst();
      assertThat(request)
          .startsWith("POST /1/upload HTTP/1.1\r\n")
          .endsWith("\r\n\r\n{\"d\":[\"é\"]}");
      assertThat(request.lines().map(HttpCleverTapApiTest::lowerName))
          .contains(
              "content-type: application/json",
              "content-length: 12",
              "x-clevertap-account-id: ACCOUNT-1",
              "x-clevertap-passcode: PASSCODE-5")
          .noneMatch(line -> line.startsWith("upgrade:"))
          .noneMatch(line -> line.startsWith("content-encoding:"))
          .noneMatch(line -> line.startsWith("transfer-encoding:"))
          .noneMatch(line -> line.startsWith("expect:"));
    }
  }

  private static String lowerName(String line) {
    int colon = line.indexOf(':');
    return colon < 0
        ? line
        : line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon);
  }

  @ParameterizedTest
  @CsvSource({"200", "302", "400", "401", "413", "429", "500", "503"})
  void handsOutEveryStatusWithItsBody(int status) throws IOException {
    String text =
        "HTTP/1.1 %d Whatever\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 5\r\n\r\nabcde"
            .formatted(status);
    try (RawServer server = new RawServer(reply(text))) {
      Reply.Answer answer = (Reply.Answer) post(server.url(), LONG);

      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.body()).asString().isEqualTo("abcde");
      assertThat(answer.retryAfter()).isNull();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest(name = "Retry-After: {0}")
  @CsvSource({
    "0, 0",
    "120, 120",
    "'', ",
    "soon, ",
    "-1, ",
    "1.5, ",
    "12345678901234567890, ",
    "'Tue, 24 Nov 2026 00:01:00 GMT', 60",
    "'Mon, 23 Nov 2026 23:59:00 GMT', 0",
  })
  void readsHowLongToWait(String header, Integer seconds) throws IOException {
    String text =
        "HTTP/1.1 429 Too Many\r\nRetry-After: %s\r\nContent-Length: 0\r\n\r\n".formatted(header);
    try (RawServer server = new RawServer(reply(text))) {
      Reply.Answer answer = (Reply.Answer) post(server.url(), LONG);

      assertThat(answer.retryAfter())
          .isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
    }
  }

  @Test
  void sendsNothingWithoutAConnection() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }

    Reply reply = post(URI.create("http://127.0.0.1:" + port), LONG);

    assertThat(reply).isInstanceOf(Reply.NotSent.class);
    assertThat(reply.toString()).contains("127.0.0.1").doesNotContain(PASSCODE);
  }

  @Test
  void sendsNothingToAServerThatFailsTheHandshake() throws IOException {
    try (ServerSocket noTls = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket socket = noTls.accept()) {
                  socket.getInputStream().read();
                  // A fatal alert: handshake_failure.
                  socket.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 40});
                  socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                  // The client went away.
                }
              });

      assertThat(post(URI.create("https://127.0.0.1:" + noTls.getLocalPort()), LONG))
          .isInstanceOf(Reply.NotSent.class);
    }
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        arguments("closed without an answer", LONG, (Behaviour) Socket::close),
        arguments(
            "reset",
            LONG,
            (Behaviour)
                connection -> {
                  connection.setSoLinger(true, 0);
                  connection.close();
                }),
        arguments(
            "closed within the head",
            LONG,
            (Behaviour)
                connection -> {
                  reply("HTTP/1.1 200 OK\r\nContent-").answer(connection);
                  connection.close();
                }),
        arguments(
            "closed within the body",
            LONG,
            (Behaviour)
                connection -> {
                  reply("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{").answer(connection);
                  connection.close();
                }),
        arguments("no HTTP", LONG, reply("SSH-2.0-OpenSSH\r\n\r\n")),
        arguments("no answer in time", SHORT, (Behaviour) connection -> {}),
        arguments(
            "half an answer in time",
            SHORT,
            reply("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void neverSendsTwiceWhatMayHaveArrived(String rule, Duration timeout, Behaviour behaviour)
      throws IOException {
    try (RawServer server = new RawServer(behaviour)) {
      Reply reply = post(server.url(), timeout);

      assertThat(reply).isInstanceOf(Reply.Lost.class);
      assertThat(reply.toString()).contains("127.0.0.1").doesNotContain(PASSCODE);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void tellsAnInterruptAndKeepsIt() throws IOException {
    try (RawServer server = new RawServer(connection -> {})) {
      Thread.currentThread().interrupt();

      assertThat(post(server.url(), LONG)).isInstanceOf(Reply.Lost.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void putsAListOfKnownLengthAndNothingElse() throws IOException {
    try (RawServer server = new RawServer(reply(RawServer.OK))) {
      Reply reply =
          api.put(URI.create(server.url() + "/a%2Fb?X-Amz-Signature=1%2B2"), list("i,é\n"), LONG);

      assertThat(((Reply.Answer) reply).status()).isEqualTo(200);
      String request = server.requests().getFirst();
      assertThat(request)
          .startsWith("PUT /a%2Fb?X-Amz-Signature=1%2B2 HTTP/1.1\r\n")
          .endsWith("\r\n\r\ni,é\n");
      assertThat(request.lines().map(HttpCleverTapApiTest::lowerName))
          .contains("content-length: 5")
          .noneMatch(line -> line.startsWith("content-type:"))
          .noneMatch(line -> line.startsWith("x-clevertap"))
          .noneMatch(line -> line.startsWith("transfer-encoding:"))
          .noneMatch(line -> line.startsWith("expect:"));
    }
  }

  @Test
  void doesNotQuoteWhatIsNoHttp() throws IOException {
    try (RawServer server = new RawServer(reply("{\"identity\":\"SECRET\"}\r\n\r\n"))) {
      Reply reply = post(server.url(), LONG);

      assertThat(reply).isInstanceOf(Reply.Lost.class);
      assertThat(reply.toString()).contains("no HTTP").doesNotContain("SECRET");
    }
  }

  @Test
  void keepsTheUrlOfAListToItself() throws IOException {
    try (RawServer server = new RawServer(Socket::close)) {
      Reply reply = api.put(URI.create(server.url() + "/x?SECRET"), list("i,a\n"), LONG);

      assertThat(reply).isInstanceOf(Reply.Lost.class);
      assertThat(reply.toString()).contains("127.0.0.1").doesNotContain("SECRET");
    }
  }

  @Test
  void tellsWhyAListCanNotBeRead() throws IOException {
    ListFile broken =
        new ListFile() {
          @Override
          public long size() {
            return 5;
          }

          @Override
          public InputStream open() {
            return new InputStream() {
              @Override
              public int read() {
                throw new IllegalStateException("a part is gone");
              }

              @Override
              public int read(byte[] bytes, int offset, int length) {
                throw new IllegalStateException("a part is gone");
              }
            };
          }
        };
    try (RawServer server = new RawServer(reply(RawServer.OK))) {
      assertThatThrownBy(() -> api.put(server.url(), broken, LONG))
          .isInstanceOf(IllegalStateException.class)
          .satisfies(e -> assertThat(causes(e)).contains("a part is gone"));
    }
  }

  private static String causes(Throwable e) {
    return e.getMessage() + (e.getCause() == null ? "" : " < " + causes(e.getCause()));
  }

  /** S3 answers as soon as it has read the head, and then reads no more. */
  @Test
  void readsAnAnswerThatComesBeforeTheListIsSent() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket socket = server.accept()) {
                  socket.getInputStream().readNBytes(500);
                  socket
                      .getOutputStream()
                      .write(
                          "HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                              .getBytes(StandardCharsets.UTF_8));
                  socket.shutdownOutput();
                  Thread.sleep(200);
                } catch (IOException | InterruptedException e) {
                  // The client went away.
                }
              });

      Reply reply =
          api.put(
              URI.create("http://127.0.0.1:" + server.getLocalPort() + "/x"),
              list("i,somebody\n".repeat(1_000_000)),
              LONG);

      assertThat(reply)
          .isInstanceOfSatisfying(
              Reply.Answer.class, answer -> assertThat(answer.status()).isEqualTo(403));
    }
  }

  private static ListFile list(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new ListFile() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  @Test
  void usesNoConnectionTwice() throws IOException {
    try (RawServer server = new RawServer(reply(RawServer.OK))) {
      post(server.url(), LONG);
      post(server.url(), LONG);

      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void copesWithAServerThatClosesAfterEachReply() throws IOException {
    Behaviour closing =
        connection -> {
          reply(RawServer.OK).answer(connection);
          connection.close();
        };
    try (RawServer server = new RawServer(closing)) {
      for (int i = 0; i < 50; i++) {
        assertThat(post(server.url(), LONG)).as("call " + i).isInstanceOf(Reply.Answer.class);
      }
    }
  }
}
