package io.tapline.bench.cold;

import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** Calls of EventBridge. */
final class EventCalls implements Calls {

  private final EventBridgeClient events =
      EventBridgeClient.builder().httpClient(UrlConnectionHttpClient.create()).build();

  @Override
  public void make(Call call) {
    events.putEvents(
        request ->
            request.entries(
                PutEventsRequestEntry.builder()
                    .source(call.get("Source"))
                    .detailType(call.get("DetailType"))
                    .detail("{}")
                    .build()));
  }
}
