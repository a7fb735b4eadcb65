package io.tapline.aws;

import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/**
 * The default bus of an AWS account, where the events have the source {@code tapline}. Its client
 * is made for each event: there is one a job, and a cold start does not pay for it.
 */
public final class EventBridgeBus implements EventBus {

  private static final String SOURCE = "tapline";

  private final Supplier<EventBridgeClient> clients;

  /**
   * The default bus.
   *
   * @param clients makes a client for each event, which is closed after it
   */
  public EventBridgeBus(Supplier<EventBridgeClient> clients) {
    this.clients = clients;
  }

  @Override
  public void put(String detailType, String detail) {
    PutEventsRequestEntry entry =
        PutEventsRequestEntry.builder()
            .source(SOURCE)
            .detailType(detailType)
            .detail(detail)
            .build();
    try (EventBridgeClient client = clients.get()) {
      PutEventsResponse response = client.putEvents(request -> request.entries(List.of(entry)));
      // An entry that is not taken is no error of the request.
      if (response.failedEntryCount() > 0) {
        throw new IllegalStateException(
            "EventBridge did not take the event \"%s\": %s"
                .formatted(detailType, response.entries().getFirst().errorCode()));
      }
    }
  }
}
