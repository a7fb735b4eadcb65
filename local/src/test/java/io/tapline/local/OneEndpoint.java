package io.tapline.local;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One endpoint of S3 and SQS together, as local clouds have it: hands each request on by its {@code
 * X-Amz-Target}, unchanged but for its {@code Connection} header, so that its signature holds.
 */
final class OneEndpoint implements AutoCloseable {

  private final ServerSocket server;
  private final URI s3;
  private final URI sqs;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger s3Requests = new AtomicInteger();
  private final Set<String> sqsActions = ConcurrentHashMap.newKeySet();

  OneEndpoint(URI s3, URI sqs) throws IOException {
    this.s3 = s3;
    this.sqs = sqs;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  int s3Requests() {
    return s3Requests.get();
  }

  /** What SQS was asked for. */
  Set<String> sqsActions() {
    return Set.copyOf(sqsActions);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        threads.execute(() -> serve(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      List<String> head = head(in);
      if (head.isEmpty()) {
        return;
      }
      String action = value(head, "x-amz-target");
      if (action.isEmpty()) {
        s3Requests.incrementAndGet();
      } else {
        sqsActions.add(action.replace("AmazonSQS.", ""));
      }
      URI to = action.isEmpty() ? s3 : sqs;
      String length = value(head, "content-length");
      byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
      try (Socket backend = new Socket(to.getHost(), to.getPort())) {
        OutputStream out = backend.getOutputStream();
        StringBuilder request = new StringBuilder();
        head.stream()
            .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("connection:"))
            .forEach(line -> request.append(line).append("\r\n"));
        request.append("Connection: close\r\n\r\n");
        out.write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
        backend.getInputStream().transferTo(client.getOutputStream());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.write(b);
      if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        return head.toString(StandardCharsets.ISO_8859_1).strip().lines().toList();
      }
    }
    return List.of();
  }

  private static String value(List<String> head, String name) {
    return head.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
