package io.tapline.local;

import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What the tests of this package do with an embedded queue. */
final class TestQueue {

  private TestQueue() {}

  static SqsClient client(EmbeddedSqs server) {
    return SqsClient.builder()
        .endpointOverride(server.endpoint())
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .region(Region.of(EmbeddedSqs.REGION))
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  /** Sends a message that no deduplication holds back. */
  static void send(SqsClient sqs, String queueUrl, String group, String body) {
    sqs.sendMessage(
        request ->
            request
                .queueUrl(queueUrl)
                .messageGroupId(group)
                .messageDeduplicationId(UUID.randomUUID().toString())
                .messageBody(body));
  }
}
