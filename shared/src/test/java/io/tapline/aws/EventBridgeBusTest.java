package io.tapline.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;

class EventBridgeBusTest {

  private EventServer server;
  private EventBus bus;

  @BeforeEach
  void start() throws IOException {
    server = new EventServer();
    bus = new EventBridgeBus(this::client);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void putsOneEntryOnTheDefaultBus() throws IOException {
    bus.put("Something", "{\"a\": 1}");

    assertThat(server.entries())
        .containsExactly(
            new ObjectMapper()
                .readTree(
                    """
                    {"Source": "tapline", "DetailType": "Something", "Detail": "{\\"a\\": 1}"}
                    """));
  }

  @Test
  void failsWhereTheEntryIsNotTakenThoughTheRequestIs() {
    server.answer(
        200, "{\"FailedEntryCount\": 1, \"Entries\": [{\"ErrorCode\": \"ThrottlingException\"}]}");

    assertThatIllegalStateException()
        .isThrownBy(() -> bus.put("Something", "{}"))
        .withMessage("EventBridge did not take the event \"Something\": ThrottlingException");
  }

  @Test
  void failsWhereTheRequestIsRefused() {
    server.answer(400, "{\"__type\": \"AccessDeniedException\"}");

    assertThatExceptionOfType(EventBridgeException.class)
        .isThrownBy(() -> bus.put("Something", "{}"));
  }

  private EventBridgeClient client() {
    return EventBridgeClient.builder()
        .endpointOverride(server.url())
        .region(Region.US_EAST_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .build();
  }
}
