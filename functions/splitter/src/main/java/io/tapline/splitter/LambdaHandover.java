package io.tapline.splitter;

import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/**
 * Hands over by an asynchronous invocation, which Lambda keeps until it is made. The client is made
 * when it is needed, which is seldom: a cold start does not pay for it.
 */
final class LambdaHandover implements Handover {

  private final Supplier<LambdaClient> clients;

  /**
   * @param clients makes a client for each handover, which is closed after it
   */
  LambdaHandover(Supplier<LambdaClient> clients) {
    this.clients = clients;
  }

  @Override
  public void invoke(String function, byte[] event) {
    try (LambdaClient lambda = clients.get()) {
      lambda.invoke(
          request ->
              request
                  .functionName(function)
                  .invocationType(InvocationType.EVENT)
                  .payload(SdkBytes.fromByteArray(event)));
    }
  }
}
