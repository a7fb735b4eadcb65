package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapline.function.TestContext;
import io.tapline.job.Installation;
import io.tapline.job.MemoryInstallation;
import io.tapline.splitter.SplitterHandler;
import io.tapline.worker.WorkerHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that come with events and messages lead nowhere but to where they say. */
class HostileEventTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PREFIX = "exports/profiles/";
  private static final String WORK = "tapline-work";

  private final MemoryInstallation parts = new MemoryInstallation();
  private final Installation installation =
      parts.with(
          (connection, path, json, timeout) -> {
            throw new AssertionError("nothing may be sent");
          });
  private final SplitterHandler splitter =
      new SplitterHandler(
          "test",
          installation,
          "exports",
          (function, event) -> {
            throw new AssertionError("nothing takes so long");
          });
  private final WorkerHandler worker = new WorkerHandler("test", installation, 100);
  private final TestContext context = new TestContext(60_000);

  @BeforeEach
  void sync() {
    parts
        .ledger()
        .putSyncFile(
            "profiles",
            """
            {"connection": "none", "prefix": "exports/profiles/", "target": "USER_PROFILES",
             "operation": "UPLOAD_USER_PROFILES", "format": {"type": "csv"}}
            """
                .getBytes(UTF_8));
  }

  /** Keys that S3 has as they stand here. */
  static Stream<String> keys() {
    return Stream.of(
            "../../claims/x.csv",
            "..",
            "%2e%2e%2f%2E%2E%2Fclaims%2Fx.csv",
            "..%2f..%2fjobs%2fx.csv",
            "%00.csv",
            "%",
            "%zz+%25",
            "//jobs//x.csv",
            "a b+c&d=e?f#g;h.csv",
            "\u0001\u001b[2J\u007f\u0085\r\n.csv",
            "\u202Evsc.x\uFEFF\uD83D\uDE00.csv",
            "\"},{\"level\":\"ERROR\"}.csv",
            "${jndi:ldap://x}'\";--<b>.csv",
            "x".repeat(1000))
        .map(PREFIX::concat);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyOfS3sEventIsDecodedOnceAndIsOnlyAKey(String key) throws IOException {
    put(key);

    JsonNode answer = JSON.readTree(handle(SplitterEvents.objectCreated("exports", key, "")));

    assertIsReleased(answer, key);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyOfEventBridgeIsNotDecodedAndIsOnlyAKey(String key) throws IOException {
    put(key);
    ObjectNode event = JSON.createObjectNode();
    event.put("source", "aws.s3").put("detail-type", "Object Created");
    ObjectNode detail = event.putObject("detail");
    detail.putObject("bucket").put("name", "exports");
    detail.putObject("object").put("key", key);

    JsonNode answer = JSON.readTree(handle(JSON.writeValueAsBytes(event)));

    assertIsReleased(answer, key);
  }

  private void assertIsReleased(JsonNode answer, String key) {
    assertThat(answer.at("/0/status").asText()).isEqualTo("RELEASED");
    assertThat(answer.at("/0/key").asText()).isEqualTo(key);
    assertThat(parts.store().list(WORK, "", null).items())
        .hasSizeGreaterThan(5)
        .allMatch(
            object ->
                object.matches("(syncs|claims|open|types|jobs)/[A-Za-z0-9._/-]+")
                    && !object.contains(".."));
    assertThat(parts.queue().messages())
        .allMatch(message -> !message.body().contains("/") && !message.body().contains("x.csv"));
    assertThat(context.lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"source\": \"aws.s3\", \"detail-type\": \"Object Created\"}",
        "{\"source\": \"aws.s3\", \"detail-type\": \"Object Created\", \"detail\":"
            + " {\"bucket\": {\"name\": \"b\"}, \"object\": {\"key\": 12}}}",
        "{\"source\": \"aws.s3\", \"detail-type\": \"Object Created\", \"detail\":"
            + " {\"bucket\": {\"name\": null}, \"object\": {\"key\": \"k\"}}}",
        "{\"source\": \"aws.s3\", \"detail-type\": \"Object Created\", \"detail\": [[[]]]}",
        "{\"source\": {\"a\": 1}}",
        "{}",
        "[]",
        "\"text\"",
        "{\"tapline\": 1}",
        "{\"tapline\": {}}",
        "{\"tapline\": {\"sync\": \"profiles\"}}",
        "{\"tapline\": {\"sync\": {\"a\": 1}, \"job\": [1]}}",
        "{\"tapline\": {\"sync\": \"..\", \"job\": \"claims\"}}",
        "{\"tapline\": {\"sync\": \"../claims\", \"job\": \"x\"}}",
        "{\"tapline\": {\"sync\": \"..%2fclaims\", \"job\": \"x\"}}",
        "{\"tapline\": {\"sync\": \"profiles\", \"job\": \"../../claims/x\"}}",
        "{\"tapline\": {\"sync\": \"profiles\", \"job\": \"x\\u0000y\"}}",
        "{\"tapline\": {\"sync\": \"profiles\", \"job\": \"\"}}",
        "{\"tapline\": {\"sync\": \"profiles\", \"job\": \"20261124T101500Z-0123456789abcdef\"}}",
      })
  void anEventThatNamesNothingIsRefused(String event) {
    // Would be found by a name that leads out of its folder.
    parts.store().put(WORK, "jobs/../claims/x/job.json", "no job".getBytes(UTF_8));
    List<String> before = parts.store().list(WORK, "", null).items();

    assertThatThrownBy(() -> handle(event.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("..", "\u0000");

    assertThat(parts.store().list(WORK, "", null).items()).isEqualTo(before);
    assertThat(parts.queue().messages()).isEmpty();
  }

  @Test
  void aKeyThatIsNotEncodedAsS3DoesIsRefused() {
    String event = new String(SplitterEvents.objectCreated("exports", "KEY", ""), UTF_8);

    assertThatThrownBy(() -> handle(event.replace("KEY", PREFIX + "%zz").getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"sync\":\"../claims\",\"job\":\"x\",\"run\":1,\"lane\":0,\"number\":0}",
        "{\"sync\":\"..\",\"job\":\"claims\",\"run\":1,\"lane\":0,\"number\":0}",
        "{\"sync\":\"profiles\",\"job\":\"../../claims/x\",\"run\":1,\"lane\":0,\"number\":0}",
        "{\"sync\":\"profiles\",\"job\":\"..%2f..%2fclaims\",\"run\":1,\"lane\":0,\"number\":0}",
        "{\"sync\":\"profiles\",\"job\":\"x\\u0000\",\"run\":1,\"lane\":0,\"number\":0}",
        "{\"sync\":\"profiles\",\"job\":\"\",\"run\":1,\"lane\":0,\"number\":0}",
        "{\"sync\":\"profiles\",\"job\":\"x\",\"run\":0,\"lane\":0,\"number\":0}",
        "{\"sync\":\"profiles\",\"job\":\"x\",\"run\":1,\"lane\":-1,\"number\":0}",
        "{\"sync\":\"profiles\",\"job\":\"x\",\"run\":1,\"lane\":0,\"number\":-1}",
        "{\"sync\":\"profiles\",\"job\":\"x\",\"run\":1,\"lane\":0,\"number\":99999999999}",
        "{\"sync\":{\"a\":\"secret\"},\"job\":\"x\",\"run\":1,\"lane\":0,\"number\":0}",
        "secret@example.com",
        "[[[[[[[["
      })
  void aMessageThatNamesNoChunkIsLeftToTheDeadLetters(String body) {
    List<String> before = parts.store().list(WORK, "", null).items();

    assertThat(worker.handleRequest(event(body), context).getBatchItemFailures()).hasSize(1);

    assertThat(context.lines())
        .singleElement()
        .asString()
        .contains("no chunk message")
        .doesNotContain("secret", "..");
    assertThat(parts.store().list(WORK, "", null).items()).isEqualTo(before);
  }

  @Test
  void aMessageOfATowerOfArraysIsRefusedAsSoonAsItIsTooHigh() {
    aMessageThatNamesNoChunkIsLeftToTheDeadLetters("[".repeat(1 << 20));
  }

  private static SQSEvent event(String body) {
    SQSMessage message = new SQSMessage();
    message.setMessageId("m-1");
    message.setReceiptHandle("r-1");
    message.setBody(body);
    message.setAttributes(Map.of("ApproximateReceiveCount", "1", "MessageGroupId", "g"));
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(message));
    return event;
  }

  private byte[] handle(byte[] event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    splitter.handleRequest(new ByteArrayInputStream(event), answer, context);
    return answer.toByteArray();
  }

  private void put(String key) {
    parts.store().put("exports", key, "identity,name\na,A\n".getBytes(UTF_8));
  }
}
