package io.tapline.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

class AwsClientsTest {

  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @Test
  void withoutEndpointsTheEnvironmentDecides() {
    AwsClients clients = AwsClients.fromEnvironment();

    try (S3Client s3 = clients.s3();
        SqsClient sqs = clients.sqs();
        SecretsManagerClient secrets = clients.secretsManager();
        SsmClient ssm = clients.ssm();
        LambdaClient lambda = clients.lambda()) {
      assertThat(s3.serviceClientConfiguration().endpointOverride()).isEmpty();
      assertThat(sqs.serviceClientConfiguration().endpointOverride()).isEmpty();
      assertThat(secrets.serviceClientConfiguration().region()).isEqualTo(Region.US_EAST_1);
      assertThat(lambda.serviceClientConfiguration().region()).isEqualTo(Region.US_EAST_1);
      assertThat(ssm.serviceClientConfiguration().region()).isEqualTo(Region.US_EAST_1);
    }
  }

  @Test
  void closingOneClientLeavesTheOthers() {
    AwsClients clients = LoopbackAws.clientsAt(LoopbackAws.endpointOfS3());
    clients.s3().close();

    try (S3Client s3 = clients.s3()) {
      assertThat(s3.listBuckets().owner()).isNotNull();
    }
  }

  /** As many as the closing of a run reads at once: those of a first batch serve the second. */
  @Test
  void requestsThatAreMadeAtOnceKeepTheirConnections() throws Exception {
    int atOnce = 32;
    CyclicBarrier allThere = new CyclicBarrier(atOnce);
    Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    HttpServer server = HttpServer.create(LOOPBACK, atOnce);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        S3Client s3 =
            LoopbackAws.clientsAt(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .s3()) {
      server.setExecutor(threads);
      server.createContext(
          "/",
          exchange -> {
            connections.add(exchange.getRemoteAddress());
            meet(allThere);
            exchange.sendResponseHeaders(200, 1);
            exchange.getResponseBody().write('a');
            exchange.close();
          });
      server.start();

      for (int batch = 0; batch < 2; batch++) {
        List<Future<byte[]>> reads =
            IntStream.range(0, atOnce).mapToObj(i -> threads.submit(() -> read(s3))).toList();
        for (Future<byte[]> read : reads) {
          assertThat(read.get()).hasSize(1);
        }
      }

      assertThat(connections).hasSize(atOnce);
    } finally {
      server.stop(0);
    }
  }

  private static byte[] read(S3Client s3) {
    return s3.getObjectAsBytes(request -> request.bucket("bucket").key("key")).asByteArray();
  }

  private static void meet(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IOException(e);
    }
  }
}
