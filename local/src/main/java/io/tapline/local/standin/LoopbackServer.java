package io.tapline.local.standin;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * An HTTP/1.1 server on loopback with a virtual thread for each connection. It is made for one
 * thing that the JDK's own server can't do, since that hides its sockets: to reset a connection.
 */
final class LoopbackServer implements AutoCloseable {

  private static final int BACKLOG = 256;

  private final ServerSocket listener;
  private final Service service;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private LoopbackServer(ServerSocket listener, Service service) {
    this.listener = listener;
    this.service = service;
  }

  /**
   * Starts to listen.
   *
   * @param port 0 takes a free one
   * @throws UncheckedIOException when the port is taken
   */
  static LoopbackServer start(int port, Service service) {
    try {
      ServerSocket listener = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
      LoopbackServer server = new LoopbackServer(listener, service);
      server.threads.execute(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("The stand-in can't listen on port " + port, e);
    }
  }

  URI baseUri() {
    return URI.create(
        "http://" + listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort());
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listener.accept();
        threads.execute(() -> serve(socket));
      } catch (IOException | RejectedExecutionException e) {
        return; // closed, perhaps between the two lines
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      RequestReader requests = new RequestReader(socket.getInputStream(), out);
      while (serveNext(socket, requests, out)) {}
    } catch (IOException e) {
      // The client has gone, or the server is being closed: there is nobody to tell.
    }
  }

  /** Returns whether the connection stays open. */
  private boolean serveNext(Socket socket, RequestReader requests, OutputStream out)
      throws IOException {
    RequestHead head;
    Answer answer;
    try {
      Incoming incoming = requests.next();
      if (incoming == null) {
        return false;
      }
      head = incoming.head();
      answer = service.answer(incoming);
      if (answer instanceof Reply reply && !reply.closes()) {
        // A client that is still sending would not look for its reply.
        incoming.body().transferTo(OutputStream.nullOutputStream());
      }
    } catch (BadRequestException e) {
      write(out, Reply.error(e.status(), String.valueOf(e.getMessage())).closing());
      return false;
    }
    return switch (answer) {
      case Reply reply -> {
        boolean close = reply.closes() || "close".equalsIgnoreCase(head.header("Connection"));
        write(out, close ? reply.closing() : reply);
        yield !close;
      }
      case Answer.Reset reset -> {
        socket.setSoLinger(true, 0); // so that closing sends RST, not FIN
        yield false;
      }
      case Answer.Silence silence -> {
        socket.getInputStream().transferTo(OutputStream.nullOutputStream()); // until it goes
        yield false;
      }
    };
  }

  private static void write(OutputStream out, Reply reply) throws IOException {
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(reply.status()).append(" \r\n");
    for (Map.Entry<String, String> header : reply.headers().entrySet()) {
      head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }
    head.append("Content-Length: ").append(reply.body().length).append("\r\n");
    if (reply.closes()) {
      head.append("Connection: close\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    byte[] whole = new byte[start.length + reply.body().length];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(reply.body(), 0, whole, start.length, reply.body().length);
    out.write(whole); // in one piece, so that a small reply is one packet
    out.flush();
  }

  /** Stops to listen, closes all connections and waits until their threads have ended. */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow(); // an interrupt closes the socket that a virtual thread reads from
      threads.close();
    }
  }
}
