package io.tapline.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where {@code serve} listens. */
final class ServePorts {

  private static final int MOST = 65_535;

  @Option(
      names = "--port-s3",
      paramLabel = "PORT",
      defaultValue = "8610",
      description = "The port of S3; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  private int s3;

  @Option(
      names = "--port-sqs",
      paramLabel = "PORT",
      defaultValue = "8611",
      description = "The port of SQS. Default: ${DEFAULT-VALUE}.")
  private int sqs;

  @Option(
      names = "--port-clevertap",
      paramLabel = "PORT",
      defaultValue = "8612",
      description = "The port of the stand-in of CleverTap. Default: ${DEFAULT-VALUE}.")
  private int cleverTap;

  @Option(
      names = "--port-aws",
      paramLabel = "PORT",
      defaultValue = "8613",
      description =
          "With --without-functions: the port of Secrets Manager, Lambda and EventBridge."
              + " Default: ${DEFAULT-VALUE}.")
  private int aws;

  int s3() {
    return s3;
  }

  int sqs() {
    return sqs;
  }

  int cleverTap() {
    return cleverTap;
  }

  int aws() {
    return aws;
  }

  /**
   * Sees that all of them can be had, before anything is started: a server that finds its port
   * taken would not know by which option it was chosen.
   *
   * @throws UsageException when one can't
   */
  void requireFree() {
    List<ServerSocket> taken = new ArrayList<>();
    try {
      taken.add(take(s3, "--port-s3"));
      taken.add(take(sqs, "--port-sqs"));
      taken.add(take(cleverTap, "--port-clevertap"));
      taken.add(take(aws, "--port-aws"));
    } finally {
      taken.forEach(ServePorts::release);
    }
  }

  private static ServerSocket take(int port, String option) {
    if (port < 0 || port > MOST) {
      throw new UsageException("%s is %d; it must be 0 to %d".formatted(option, port, MOST));
    }
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true); // as the servers do, for connections that are just ending
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      throw new UsageException(
          "port %d is taken; end what listens there, or choose another one with %s"
              .formatted(port, option));
    }
  }

  private static void release(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("a port could not be given back", e);
    }
  }
}
