package io.tapline.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.MessageQueue.Message;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Answers that the embedded S3 and SQS never give. */
class ScriptedAnswersTest {

  private static final ObjectVersion VERSIONED =
      new ObjectVersion("bucket", "key", "v1", "\"e\"", 3, Instant.EPOCH);

  private static final Map<String, String> XML = Map.of("Content-Type", "application/xml");

  private final List<Duration> sleeps = new ArrayList<>();
  private ScriptedServer server;
  private ObjectStore store;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    store = new S3ObjectStore(LoopbackAws.clientsAt(server.url()).s3(), new SleepNotes());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aWriteThatMeetsAnotherOneIsTriedAgain() {
    server.then(409).then(409).then(200);

    assertThat(store.putIfAbsent("bucket", "key", new byte[1])).isTrue();
    assertThat(sleeps).containsExactly(Duration.ofMillis(50), Duration.ofMillis(100));
  }

  @Test
  void aWriteThatMeetsAnotherOneMayFindThatOneThere() {
    server.then(409).then(412);

    assertThat(store.putIfAbsent("bucket", "key", new byte[1])).isFalse();
  }

  @Test
  void aConflictWithoutEndIsAnError() {
    server.then(409);

    assertThatThrownBy(() -> store.putIfAbsent("bucket", "key", new byte[1]))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(409));
    assertThat(server.requests()).hasSize(10);
  }

  @Test
  void aWriteDoesNotWaitForAnInterimAnswer() {
    server.then(200);

    store.put("bucket", "key", new byte[3 << 20]);

    assertThat(server.requests()).extracting(ScriptedServer.Request::expect).containsOnlyNulls();
  }

  @ParameterizedTest
  @CsvSource({"v1, v1", "null, "})
  void theVersionIdNullNamesNoVersion(String header, String expected) {
    server.then(
        200,
        Map.of(
            "Content-Length", "3",
            "ETag", "\"e\"",
            "x-amz-version-id", header,
            "Last-Modified", "Tue, 24 Nov 2026 00:00:00 GMT"),
        "");

    assertThat(store.head("bucket", "key", "v1").orElseThrow().versionId()).isEqualTo(expected);
    assertThat(server.requests())
        .extracting(ScriptedServer.Request::query)
        .containsExactly("versionId=v1");
  }

  @Test
  void aReadIsPinnedByVersionIdAndETag() {
    server.then(206, Map.of(), "abc");

    assertThat(store.read(VERSIONED, 0, 3)).asString().isEqualTo("abc");
    assertThat(server.requests())
        .containsExactly(new ScriptedServer.Request("versionId=v1", "\"e\"", null));
  }

  @ParameterizedTest
  @CsvSource({"404", "412"})
  void aVersionThatIsGoneHasChanged(int status) {
    server.then(status);

    assertThatThrownBy(() -> store.read(VERSIONED, 0, 3))
        .isInstanceOf(ObjectChangedException.class)
        .hasMessageContaining("version v1");
  }

  @Test
  void whatIsForbiddenIsNotMissing() {
    server.then(403);

    assertThatThrownBy(() -> store.head("bucket", "key", null)).isInstanceOf(S3Exception.class);
    assertThatThrownBy(() -> store.get("bucket", "key")).isInstanceOf(S3Exception.class);
    assertThatThrownBy(() -> store.read(VERSIONED, 0, 3)).isInstanceOf(S3Exception.class);
    assertThatThrownBy(() -> store.putIfAbsent("bucket", "key", new byte[1]))
        .isInstanceOf(S3Exception.class);
  }

  @Test
  void aListingThatShowsNothingMayNotBeOverYet() {
    server
        .then(200, XML, listing("<IsTruncated>true</IsTruncated>", "t-1"))
        .then(
            200,
            XML,
            listing("<IsTruncated>true</IsTruncated><Contents><Key>k</Key></Contents>", "t-2"))
        .then(200, XML, listing("<IsTruncated>false</IsTruncated>", ""));

    assertThat(store.list("bucket", "", "a")).isEqualTo(new Page<>(List.of("k"), "k"));
    assertThat(store.list("bucket", "", "k")).isEqualTo(new Page<>(List.of(), null));
    assertThat(server.requests())
        .extracting(request -> request.query().contains("continuation-token=t-1"))
        .containsExactly(false, true, false);
  }

  private static String listing(String content, String token) {
    return "<ListBucketResult>%s<NextContinuationToken>%s</NextContinuationToken></ListBucketResult>"
        .formatted(content, token);
  }

  @Test
  void messagesThatTheQueueDidNotTakeComeBackInTheirOrder() {
    server.then(
        200,
        Map.of("Content-Type", "application/x-amz-json-1.0"),
        """
        {"Successful": [{"Id": "1", "MessageId": "m", "MD5OfMessageBody": "%s"}],
         "Failed": [{"Id": "2", "Code": "ThrottlingException", "SenderFault": false},
                    {"Id": "0", "Code": "ThrottlingException", "SenderFault": false}]}
        """
            .formatted("92eb5ffee6ae2fec3ad71c777531578f"));
    MessageQueue queue =
        new SqsMessageQueue(
            LoopbackAws.clientsAt(server.url()).sqs(), server.url() + "/queue/chunks.fifo");
    List<Message> batch =
        List.of(new Message("a", "0", "1"), new Message("b", "1", "2"), new Message("c", "2", "3"));

    assertThat(queue.send(batch)).containsExactly(batch.get(0), batch.get(2));
  }

  /** Notes sleeps and takes none. */
  private final class SleepNotes implements Clock {

    @Override
    public Instant instant() {
      return Instant.EPOCH;
    }

    @Override
    public void sleep(Duration duration) {
      sleeps.add(duration);
    }
  }
}
