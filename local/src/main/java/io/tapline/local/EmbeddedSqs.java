package io.tapline.local;

import java.net.URI;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/**
 * SQS inside this JVM, on the loopback interface. Its queues live in memory and end with it. It
 * accepts any credentials, since messages hold no personal data. A message stays in the heap for
 * minutes after it was deleted, so bodies must be small. Thread-safe.
 */
public final class EmbeddedSqs implements AutoCloseable {

  /** The region of its queue ARNs; a client must be given one, and this one fits. */
  public static final String REGION = "us-east-1";

  private final SQSRestServer server;
  private final URI endpoint;

  private EmbeddedSqs(SQSRestServer server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  /** Starts the server on a free port and waits until it listens: about two seconds. */
  public static EmbeddedSqs start() {
    return start(0);
  }

  /**
   * Starts the server and waits until it listens.
   *
   * @param port 0 takes a free one
   */
  static EmbeddedSqs start(int port) {
    SQSRestServer server =
        SQSRestServerBuilder.withInterface("127.0.0.1")
            .withPort(port)
            .withAWSRegion(REGION)
            .start();
    int bound = server.waitUntilStarted().localAddress().getPort();
    return new EmbeddedSqs(server, URI.create("http://127.0.0.1:" + bound));
  }

  /** Where it listens. */
  public URI endpoint() {
    return endpoint;
  }

  /** Stops the server; its messages are gone. */
  @Override
  public void close() {
    server.stopAndWait();
  }
}
