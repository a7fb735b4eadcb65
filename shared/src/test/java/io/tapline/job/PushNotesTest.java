package io.tapline.job;

import static io.tapline.clevertap.ScriptedApi.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.ForwardingStore;
import io.tapline.clevertap.CleverTapApi;
import io.tapline.clevertap.Reply;
import io.tapline.clevertap.ScriptedApi;
import io.tapline.ledger.OpenRows;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.RowRange;
import io.tapline.ledger.SentNote;
import io.tapline.ledger.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the notes of calls are for: a second invocation that comes to the same events. */
class PushNotesTest {

  private static final String PROFILES =
      "\"target\":\"USER_PROFILES\",\"operation\":\"UPLOAD_USER_PROFILES\",\"skipOnInvalidRecord\":true";
  private static final String EVENTS = "\"target\":\"USER_EVENTS\",\"skipOnInvalidRecord\":true";
  private static final String HELD = EVENTS + ",\"unknownOutcome\":\"hold\"";

  /** How long a message stays hidden after its invocation died. */
  private static final Duration VISIBILITY_TIMEOUT = Duration.ofMinutes(12);

  private static final CleverTapApi DEADLY =
      (connection, path, json, timeout) -> {
        throw new Killed();
      };

  private final StagedJob job = new StagedJob();

  @Test
  void aCallThatDecidesAllCostsOneNote() {
    job.open(EVENTS, 5);

    job.push(new ScriptedApi(List.of(taken(4))), 1);

    assertThat(notes()).containsExactly("0.sent");
    assertThat(job.run().calls(StagedJob.chunk(0)).read().unanswered())
        .as("the fourth row is invalid")
        .containsExactly(
            new SentNote(
                job.parts().clock().instant(), List.of(new RowRange(1, 3), new RowRange(5, 5))));
  }

  @Test
  void eachTryIsNotedAndNumbersGoOnFromReceiveToReceive() {
    job.open(EVENTS, 3);
    Reply busy = answer(429, "");

    job.push(new ScriptedApi(List.of(busy, busy, busy)), 1);
    job.push(new ScriptedApi(List.of(taken(3))), 2);

    assertThat(notes())
        .containsExactly("0.reply", "0.sent", "1.reply", "1.sent", "2.reply", "2.sent", "3.sent");
  }

  @Test
  void profilesAreNotedOnlyWhenTheirReceiveEndsEarly() {
    job.open(PROFILES, 3);
    Reply busy = answer(429, "");

    job.push(new ScriptedApi(List.of(busy, busy, busy)), 1);
    job.push(new ScriptedApi(List.of(busy, busy, busy)), 2);
    job.push(new ScriptedApi(List.of(taken(3))), 3);

    assertThat(notes()).containsExactly("0.reply", "1.reply");
    assertThat(job.outcome().calls()).isEqualTo(7);
    assertThat(job.outcome().retries()).isEqualTo(6);
    assertThat(job.outcome().throttled()).isEqualTo(6);
  }

  /** Else it could bring an old row of a user after a later one, die, and nobody would mend it. */
  @Test
  void aSecondMessageOfProfilesGoesOnWhereTheFirstEnded() {
    job.open(PROFILES, 3);
    Reply busy = answer(429, "");
    job.push(new ScriptedApi(List.of(answer(413, ""), taken(1), busy, busy, busy)), 1);
    ScriptedApi second = new ScriptedApi(List.of(taken(2)));

    job.push(second, 1);

    assertThat(second.bodies().getFirst()).doesNotContain("\"u1\"");
    assertThat(job.outcome().rows().accepted()).isEqualTo(3);
  }

  /** The lane goes on with the outcome: a repeat would bring older values after newer ones. */
  @Test
  void profilesAreNotSentOnceMoreWhenAnotherInvocationIsThrough() {
    job.open(PROFILES, 3);
    List<String> calls = new ArrayList<>();
    CleverTapApi busyMeanwhile =
        (connection, path, json, timeout) -> {
          calls.add("first");
          job.push(new ScriptedApi(List.of(taken(3))), 1);
          return answer(503, "");
        };

    PushResult result = job.push(busyMeanwhile, 1);

    assertThat(result).isInstanceOf(PushResult.Later.class);
    assertThat(calls).containsExactly("first");
    assertThat(job.push(new ScriptedApi(List.of()), 2)).isInstanceOf(PushResult.Done.class);
  }

  @ParameterizedTest(name = "after {0} s: in {1} s")
  @CsvSource({"0, 180", "100, 80", "178, 10", "179, 10"})
  void aCallThatMayBeUnderWayIsLeftToItsHolder(int age, int delay) {
    dieInACall(EVENTS);
    job.parts().clock().sleep(Duration.ofSeconds(age));

    assertThat(job.push(new ScriptedApi(List.of()), 2))
        .isEqualTo(
            new PushResult.Later(
                Duration.ofSeconds(delay), false, "another invocation has this chunk"));
  }

  @Test
  void evenTheLastReceiveLeavesACallToItsHolder() {
    dieInACall(EVENTS);

    assertThat(job.push(new ScriptedApi(List.of()), StagedJob.MAX_RECEIVES))
        .isInstanceOf(PushResult.Later.class);
  }

  @Test
  void aCallWhoseHolderDiedIsMadeAgainAndCounted() {
    dieInACall(EVENTS);
    job.parts().clock().sleep(CallNotes.HOLD);
    ScriptedApi api = new ScriptedApi(List.of(taken(3)));

    assertThat(job.push(api, 2)).isInstanceOf(PushResult.Done.class);

    assertThat(api.bodies()).hasSize(1);
    assertThat(job.outcome().rows()).isEqualTo(new RowCounts(3, 3, 0, 0, 0, 0, 0));
    assertThat(job.outcome().sentAgainAfterUnknown()).isEqualTo(3);
    assertThat(job.outcome().calls()).isEqualTo(2);
    assertThat(job.outcome().retries()).isEqualTo(1);
  }

  @Test
  void aCallWhoseHolderDiedIsNotMadeAgainWhereEventsAreHeld() {
    dieInACall(HELD);
    job.parts().clock().sleep(CallNotes.HOLD);

    assertThat(job.push(new ScriptedApi(List.of()), 2)).isInstanceOf(PushResult.Done.class);

    assertThat(job.outcome().open())
        .containsExactly(
            new OpenRows(
                OpenRows.State.UNKNOWN,
                "UNKNOWN_OUTCOME",
                "a try of their call ended without an answer",
                List.of(1L, 2L, 3L)));
    assertThat(job.outcome().calls()).isEqualTo(1);
    assertThat(job.outcome().retries()).isZero();
  }

  @Test
  void holdsBackJustTheRowsOfTheCallThatGotLost() {
    job.open(HELD, 8);
    ScriptedApi first = new ScriptedApi(List.of(answer(413, ""), taken(3)));
    CleverTapApi api =
        (connection, path, json, timeout) -> {
          if (first.left() == 0) {
            throw new Killed();
          }
          return first.post(connection, path, json, timeout);
        };
    assertThatThrownBy(() -> job.push(api, 1)).isInstanceOf(Killed.class);
    job.parts().clock().sleep(VISIBILITY_TIMEOUT);

    job.push(new ScriptedApi(List.of()), 2);

    assertThat(job.outcome().rows()).isEqualTo(new RowCounts(8, 3, 1, 0, 0, 4, 0));
    assertThat(job.outcome().open().getFirst().rows()).containsExactly(5L, 6L, 7L, 8L);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"the same message again, 2", "a second message, 1"})
  void twoInvocationsAtOnceMakeOneCall(String rule, int receives) {
    job.open(EVENTS, 3);
    List<PushResult> others = new ArrayList<>();
    CleverTapApi api =
        (connection, path, json, timeout) -> {
          others.add(job.push(new ScriptedApi(List.of()), receives));
          return taken(3);
        };

    assertThat(job.push(api, 1)).isInstanceOf(PushResult.Done.class);

    assertThat(others).singleElement().isInstanceOf(PushResult.Later.class);
    assertThat(job.outcome().rows().accepted()).isEqualTo(3);
    assertThat(job.push(new ScriptedApi(List.of()), receives)).isInstanceOf(PushResult.Done.class);
  }

  @Test
  void whoIsSlowerThanAnotherAtTheSameCallLeavesIt() {
    job.open(EVENTS, 3);
    ScriptedApi faster = new ScriptedApi(List.of(taken(3)));
    ForwardingStore slow =
        new ForwardingStore(job.parts().store()) {
          @Override
          public boolean putIfAbsent(String bucket, String key, byte[] content) {
            if (key.endsWith("0.sent")) {
              job.push(faster, 1);
            }
            return super.putIfAbsent(bucket, key, content);
          }
        };

    assertThat(job.push(new ScriptedApi(List.of()), slow, 0, 1))
        .isEqualTo(
            new PushResult.Later(
                Duration.ofSeconds(5), false, "another invocation has this chunk"));
    assertThat(faster.left()).isZero();
  }

  @ParameterizedTest(name = "message received {0} times")
  @ValueSource(ints = {1, 2})
  void whatACallMayHaveBroughtIsUnknownWhenTheRunIsStopped(int receives) {
    dieInACall(EVENTS);
    job.parts().clock().sleep(VISIBILITY_TIMEOUT);
    job.run().putStop(new Stop("BECAUSE", "of this", null));

    job.push(new ScriptedApi(List.of()), receives);

    assertThat(job.outcome().rows()).isEqualTo(new RowCounts(3, 0, 0, 0, 0, 3, 0));
  }

  @Test
  void aSecondMessageWhoseTimeIsOverDecidesNothingForTheFirst() {
    dieInACall(EVENTS);
    job.parts().clock().sleep(VISIBILITY_TIMEOUT);
    CleverTapApi none =
        (connection, path, json, timeout) -> {
          throw new AssertionError("no call");
        };

    assertThat(job.pushWithoutConnection(none, 1)).isInstanceOf(PushResult.Later.class);
    assertThat(job.run().outcomes()).isEmpty();

    assertThat(job.pushWithoutConnection(none, 2)).isInstanceOf(PushResult.Done.class);
    assertThat(job.outcome().rows().unknown()).isEqualTo(3);
    assertThat(job.run().stop()).map(Stop::code).contains("CONNECTION_UNUSABLE");
  }

  /** Its holder is between two calls: what is told to be not sent must not be sent then. */
  @Test
  void anOutcomeWithoutACallKeepsAHolderFromMakingOne() {
    job.open(EVENTS, 3);
    ScriptedApi api = new ScriptedApi(List.of(answer(413, "")));
    ForwardingStore slow =
        new ForwardingStore(job.parts().store()) {
          @Override
          public boolean putIfAbsent(String bucket, String key, byte[] content) {
            if (key.endsWith("1.sent")) {
              job.run().putStop(new Stop("BECAUSE", "of this", null));
              assertThat(job.push(new ScriptedApi(List.of()), 2))
                  .isInstanceOf(PushResult.Done.class);
            }
            return super.putIfAbsent(bucket, key, content);
          }
        };

    assertThat(job.push(api, slow, 0, 1)).isInstanceOf(PushResult.Later.class);

    assertThat(job.outcome().rows()).isEqualTo(new RowCounts(3, 0, 0, 0, 0, 0, 3));
    assertThat(job.outcome().calls()).isEqualTo(1);
  }

  @Test
  void aReceiveThatDiesBeforeItsOutcomeOfNoCallLeavesNothingUnknown() {
    job.open(EVENTS, 3);
    job.run().putStop(new Stop("BECAUSE", "of this", null));
    ForwardingStore deadly =
        new ForwardingStore(job.parts().store()) {
          @Override
          public boolean putIfAbsent(String bucket, String key, byte[] content) {
            if (key.contains("/outcomes/")) {
              throw new Killed();
            }
            return super.putIfAbsent(bucket, key, content);
          }
        };
    assertThatThrownBy(() -> job.push(new ScriptedApi(List.of()), deadly, 0, 1))
        .isInstanceOf(Killed.class);
    job.parts().clock().sleep(VISIBILITY_TIMEOUT);

    job.push(new ScriptedApi(List.of()), 2);

    assertThat(job.outcome().rows()).isEqualTo(new RowCounts(3, 0, 0, 0, 0, 0, 3));
    assertThat(job.outcome().calls()).isZero();
    assertThat(job.outcome().retries()).isZero();
  }

  private void dieInACall(String settings) {
    job.open(settings, 3);
    assertThatThrownBy(() -> job.push(DEADLY, 1)).isInstanceOf(Killed.class);
  }

  private List<String> notes() {
    String prefix = "jobs/vip/" + StagedJob.ID + "/runs/1/calls/0-0-";
    return job.parts().store().list(MemoryInstallation.WORK_BUCKET, prefix, null).items().stream()
        .map(key -> key.substring(prefix.length()))
        .toList();
  }

  private static Reply taken(int records) {
    return answer(200, "{\"status\":\"success\",\"processed\":%d}".formatted(records));
  }
}
