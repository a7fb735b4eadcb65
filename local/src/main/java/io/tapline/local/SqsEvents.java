package io.tapline.local;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Makes the event that Lambda hands a function for messages of one queue. Immutable and safe to
 * share.
 */
public final class SqsEvents {

  private final String queueArn;
  private final String region;

  /** For the queue of this ARN, {@code arn:aws:sqs:<region>:<account>:<name>}. */
  public SqsEvents(String queueArn) {
    this.queueArn = queueArn;
    this.region = queueArn.split(":", -1)[3];
  }

  /** The event of a batch of one message. */
  public SQSEvent of(Message message) {
    SQSMessage eventMessage = new SQSMessage();
    eventMessage.setMessageId(message.messageId());
    eventMessage.setReceiptHandle(message.receiptHandle());
    eventMessage.setBody(message.body());
    eventMessage.setMd5OfBody(message.md5OfBody());
    eventMessage.setAttributes(message.attributesAsStrings());
    eventMessage.setMessageAttributes(Map.of());
    eventMessage.setEventSource("aws:sqs");
    eventMessage.setEventSourceArn(queueArn);
    eventMessage.setAwsRegion(region);
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(eventMessage));
    return event;
  }
}
