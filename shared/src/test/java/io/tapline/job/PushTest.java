package io.tapline.job;

import static io.tapline.clevertap.ScriptedApi.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.clevertap.Reply;
import io.tapline.clevertap.ScriptedApi;
import io.tapline.ledger.OpenRows;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.RunLedger;
import io.tapline.ledger.Stop;
import io.tapline.record.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushTest {

  private static final String PROFILES =
      "\"target\":\"USER_PROFILES\",\"operation\":\"UPLOAD_USER_PROFILES\",\"skipOnInvalidRecord\":true";
  private static final String STRICT =
      "\"target\":\"USER_PROFILES\",\"operation\":\"UPLOAD_USER_PROFILES\"";
  private static final String EVENTS = "\"target\":\"USER_EVENTS\",\"skipOnInvalidRecord\":true";

  private static final Reply BUSY = answer(429, "");
  private static final Reply DOWN = answer(503, "");

  private final StagedJob job = new StagedJob();
  private final RunLedger run = job.run();

  @Test
  void writesWhatBecameOfEachRow() {
    job.open(PROFILES, 4);
    ScriptedApi api =
        new ScriptedApi(
            List.of(
                answer(
                    200,
                    """
                    {"status":"partial","processed":2,"unprocessed":[
                    {"code":515,"error":"Bad. Skipped record number : 1"}]}\
                    """)));

    // The fourth row has an identity that no user can have.
    assertThat(push(api, 1)).isInstanceOf(PushResult.Done.class);

    assertThat(api.bodies().getFirst())
        .startsWith("{\"d\":[{")
        .contains("\"u1\"", "\"u2\"", "\"u3\"")
        .doesNotContain("none")
        .endsWith("}]}");
    Outcome outcome = outcome();
    assertThat(outcome.rows()).isEqualTo(new RowCounts(4, 2, 1, 1, 0, 0, 0));
    assertThat(outcome.rejections()).extracting(Rejection::row).containsExactly(1L, 4L);
    assertThat(outcome.open()).isEmpty();
    assertThat(outcome.calls()).isEqualTo(1);
    assertThat(run.stop()).isEmpty();
  }

  @Test
  void makesNoCallWhenTheOutcomeIsThere() {
    job.open(PROFILES, 2);
    push(new ScriptedApi(List.of(taken(2))), 1);

    assertThat(push(new ScriptedApi(List.of()), 2)).isInstanceOf(PushResult.Done.class);
  }

  @Test
  void sendsNothingOfAStoppedRun() {
    job.open(PROFILES, 4);
    run.putStop(new Stop("BECAUSE", "of this", null));

    assertThat(push(new ScriptedApi(List.of()), 1)).isInstanceOf(PushResult.Done.class);

    assertThat(outcome().rows()).isEqualTo(new RowCounts(4, 0, 1, 0, 0, 0, 3));
    assertThat(outcome().open())
        .containsExactly(
            new OpenRows(
                OpenRows.State.NOT_SENT, "BECAUSE", "the run was stopped", List.of(1L, 2L, 3L)));
  }

  @ParameterizedTest(name = "receive {0}: {1} s")
  @CsvSource({"1, 5", "2, 10", "3, 20", "6, 160", "7, 300", "8, 300", "89, 300"})
  void waitsLongerFromReceiveToReceive(int receives, int seconds) {
    job.open(EVENTS, 2);

    PushResult result = push(new ScriptedApi(Collections.nCopies(3, BUSY)), receives);

    assertThat(result)
        .isEqualTo(
            new PushResult.Later(
                Duration.ofSeconds(seconds), false, "HTTP 429, too many calls at once"));
    assertThat(run.outcome(StagedJob.chunk(0))).isEmpty();
  }

  @Test
  void theReceivesLastForAnOutageOfSixHours() {
    job.open(EVENTS, 2);
    Duration sum = Duration.ZERO;
    for (int receives = 1; receives < StagedJob.MAX_RECEIVES; receives++) {
      ScriptedApi down = new ScriptedApi(Collections.nCopies(3, DOWN));
      sum = sum.plus(((PushResult.Later) job.push(down, receives)).delay());
    }

    assertThat(sum).isGreaterThan(Duration.ofHours(6));
  }

  @ParameterizedTest(name = "{0} s asked for: {1} s")
  @CsvSource({"60, 60", "9999, 300"})
  void waitsAsLongAsItIsAskedUpToItsLimit(int asked, int seconds) {
    job.open(PROFILES, 2);
    Reply busy = new Reply.Answer(429, new byte[0], Duration.ofSeconds(asked));

    assertThat(push(new ScriptedApi(List.of(busy)), 1))
        .isEqualTo(
            new PushResult.Later(
                Duration.ofSeconds(seconds), false, "HTTP 429, too many calls at once"));
  }

  @Test
  void tellsAnOutage() {
    job.open(PROFILES, 2);

    assertThat(push(new ScriptedApi(Collections.nCopies(3, DOWN)), 1))
        .isEqualTo(
            new PushResult.Later(
                Duration.ofSeconds(5), true, "HTTP 503, CleverTap is not available"));
  }

  @Test
  void failsWhatIsLeftAtTheLastReceive() {
    job.open(PROFILES, 3);

    assertThat(push(new ScriptedApi(Collections.nCopies(3, DOWN)), StagedJob.MAX_RECEIVES))
        .isInstanceOf(PushResult.Done.class);

    assertThat(outcome().rows()).isEqualTo(new RowCounts(3, 0, 0, 0, 3, 0, 0));
    assertThat(outcome().open().getFirst().code()).isEqualTo("503");
    assertThat(outcome().retries()).isEqualTo(2);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {PROFILES, EVENTS})
  void goesOnWithWhatIsOpenAtTheNextReceive(String settings) {
    job.open(settings, 3);
    List<Reply> replies = List.of(answer(413, ""), taken(1), BUSY, BUSY, BUSY);
    assertThat(push(new ScriptedApi(replies), 1)).isInstanceOf(PushResult.Later.class);
    ScriptedApi next = new ScriptedApi(List.of(taken(2)));

    assertThat(push(next, 2)).isInstanceOf(PushResult.Done.class);

    assertThat(next.bodies().getFirst()).contains("\"u2\"", "\"u3\"").doesNotContain("\"u1\"");
    assertThat(outcome().rows()).isEqualTo(new RowCounts(3, 3, 0, 0, 0, 0, 0));
    assertThat(outcome().calls()).as("over both receives").isEqualTo(6);
    assertThat(outcome().retries()).isEqualTo(5);
    assertThat(outcome().throttled()).isEqualTo(3);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {PROFILES, EVENTS})
  void whatWasAcceptedBeforeTheRunWasStoppedStaysSo(String settings) {
    job.open(settings, 3);
    push(new ScriptedApi(List.of(answer(413, ""), taken(1), BUSY, BUSY, BUSY)), 1);
    run.putStop(new Stop("BECAUSE", "of this", null));

    push(new ScriptedApi(List.of()), 2);

    assertThat(outcome().rows()).isEqualTo(new RowCounts(3, 1, 0, 0, 0, 0, 2));
    assertThat(outcome().calls()).isEqualTo(5);
  }

  @Test
  void repeatsEventsOfWhichSomeWereOnlyRefused() {
    job.open(EVENTS, 2);
    Reply refused =
        answer(
            200,
            """
            {"status":"fail","processed":0,"unprocessed":[
            {"code":513,"error":"Skipped record number : 1"},
            {"code":555,"error":"Skipped record number : 2"}]}\
            """);

    assertThat(push(new ScriptedApi(List.of(refused, BUSY, BUSY, BUSY)), 1))
        .isInstanceOf(PushResult.Later.class);
  }

  @Test
  void stopsTheRunAtARefusedRowUnlessTheyAreSkipped() {
    job.open(STRICT, 2);
    Reply refused =
        answer(
            200,
            """
            {"status":"partial","processed":1,"unprocessed":[
            {"code":515,"error":"Bad. Skipped record number : 2"}]}\
            """);

    push(new ScriptedApi(List.of(refused)), 1);

    assertThat(run.stop()).map(Stop::row).contains(2L);
    assertThat(outcome().rows()).isEqualTo(new RowCounts(2, 1, 0, 1, 0, 0, 0));
  }

  @Test
  void stopsTheRunThatAnEarlierReceiveDiedBeforeStopping() {
    job.open(STRICT, 1);
    Instant now = job.parts().clock().instant();
    Stop stop = new Stop("REFUSED_RECORD", "row 1 was refused", 1L);
    run.putOutcome(
        new Outcome(
            0,
            0,
            new RowCounts(1, 0, 0, 1, 0, 0, 0),
            List.of(),
            List.of(),
            0,
            1,
            0,
            0,
            now,
            now,
            stop));

    push(new ScriptedApi(List.of()), 2);

    assertThat(run.stop()).contains(stop);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"the run is stopped, 401", "the last receive, 429"})
  void leavesEventsUnknownThatATryMayHaveBrought(String rule, int status) {
    job.open(EVENTS, 2);
    Reply end = answer(status, "");

    push(new ScriptedApi(List.of(new Reply.Lost("reset"), end, end)), StagedJob.MAX_RECEIVES);

    assertThat(outcome().rows()).isEqualTo(new RowCounts(2, 0, 0, 0, 0, 2, 0));
  }

  @Test
  void stopsTheRunAtThreeWhollyMalformedChunks() {
    job.open(PROFILES, 1);
    Reply malformed = answer(400, "{\"status\":\"fail\",\"error\":\"Malformed\",\"code\":400}");
    for (int number = 0; number < 3; number++) {
      assertThat(run.stop()).isEmpty();
      job.putChunk(number, 1);
      job.push(new ScriptedApi(List.of(malformed)), job.parts().store(), number, 1);
    }

    assertThat(run.stop()).map(Stop::code).contains("MALFORMED_CALLS");
  }

  @Test
  void tellsWhichJobIsMissing() {
    job.putChunk(0, 1);

    assertThatThrownBy(() -> push(new ScriptedApi(List.of()), 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(StagedJob.ID);
  }

  private static Reply taken(int records) {
    return answer(200, "{\"status\":\"success\",\"processed\":%d}".formatted(records));
  }

  private PushResult push(ScriptedApi api, int receives) {
    return job.push(api, receives);
  }

  private Outcome outcome() {
    return job.outcome();
  }
}
