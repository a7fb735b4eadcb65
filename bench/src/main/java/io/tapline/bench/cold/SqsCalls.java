package io.tapline.bench.cold;

import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Calls of SQS. */
final class SqsCalls implements Calls {

  /** The body of each message that is sent. */
  static final String BODY = "{}";

  private final SqsClient sqs =
      SqsClient.builder().httpClient(UrlConnectionHttpClient.create()).build();

  @Override
  public void make(Call call) {
    String queue = call.get("QueueUrl");
    switch (call.name()) {
      case "Sqs SendMessageBatch" ->
          sqs.sendMessageBatch(
              request ->
                  request
                      .queueUrl(queue)
                      .entries(
                          SendMessageBatchRequestEntry.builder()
                              .id("0")
                              .messageGroupId("0")
                              .messageDeduplicationId(Long.toString(System.nanoTime()))
                              .messageBody(BODY)
                              .build()));
      case "Sqs ReceiveMessage" -> sqs.receiveMessage(request -> request.queueUrl(queue));
      default -> throw new IllegalArgumentException(call.name());
    }
  }
}
