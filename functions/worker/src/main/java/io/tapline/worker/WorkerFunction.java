package io.tapline.worker;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapline.aws.Clock;
import io.tapline.clevertap.HttpCleverTapApi;
import io.tapline.ledger.Ledger;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@link WorkerHandler} as Lambda starts it. It reads what is needed of an event with the JSON
 * library that is there for the rows: where Lambda's runtime makes a typed event, it loads another
 * such library, some 800 classes, at each cold start.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">The event of SQS</a>
 */
public final class WorkerFunction implements RequestStreamHandler {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final WorkerHandler handler;

  /**
   * The function as Lambda makes it.
   *
   * @throws IllegalStateException as {@link WorkerHandler#WorkerHandler()} does
   */
  public WorkerFunction() {
    // On a second core, where there is one, while the SDK's clients are made.
    Thread.ofPlatform().daemon().name("prime").start(WorkerFunction::prime);
    handler = new WorkerHandler();
  }

  private static void prime() {
    Ledger.prime();
    new HttpCleverTapApi(Clock.system()).prime();
  }

  /**
   * Pushes the chunk of each message.
   *
   * @throws IllegalArgumentException when the event is not one of SQS
   * @throws OutageException as {@link WorkerHandler#handleRequest} does
   */
  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    SQSBatchResponse response = handler.handleRequest(read(JSON.readTree(event)), context);
    JSON.writeValue(answer, write(response));
  }

  static SQSEvent read(JsonNode json) {
    if (!(json.path("Records") instanceof ArrayNode records)) {
      throw new IllegalArgumentException(
          "expected an event of SQS but got one without an array of \"Records\"");
    }
    List<SQSMessage> messages = new ArrayList<>();
    for (JsonNode record : records) {
      Map<String, String> attributes = new HashMap<>();
      record
          .path("attributes")
          .properties()
          .forEach(attribute -> attributes.put(attribute.getKey(), attribute.getValue().asText()));
      SQSMessage message = new SQSMessage();
      message.setMessageId(record.path("messageId").asText());
      message.setReceiptHandle(record.path("receiptHandle").asText());
      message.setBody(record.path("body").asText());
      message.setAttributes(attributes);
      messages.add(message);
    }
    SQSEvent event = new SQSEvent();
    event.setRecords(messages);
    return event;
  }

  static ObjectNode write(SQSBatchResponse response) {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode failures = json.putArray("batchItemFailures");
    for (BatchItemFailure failure : response.getBatchItemFailures()) {
      failures.addObject().put("itemIdentifier", failure.getItemIdentifier());
    }
    return json;
  }
}
