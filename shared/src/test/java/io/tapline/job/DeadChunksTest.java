package io.tapline.job;

import static io.tapline.clevertap.ScriptedApi.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.DeadLetters;
import io.tapline.aws.ForwardingStore;
import io.tapline.aws.MemoryDeadLetters;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.TimeBudget;
import io.tapline.chunk.ChunkId;
import io.tapline.chunk.ChunkMessage;
import io.tapline.clevertap.CleverTapApi;
import io.tapline.clevertap.Reply;
import io.tapline.clevertap.ScriptedApi;
import io.tapline.job.DeadChunk.End;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.OpenRows;
import io.tapline.ledger.OpenRows.State;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.Stop;
import io.tapline.record.Rejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadChunksTest {

  private static final String PROFILES =
      "\"target\":\"USER_PROFILES\",\"operation\":\"UPLOAD_USER_PROFILES\",\"skipOnInvalidRecord\":true";
  private static final String EVENTS = "\"target\":\"USER_EVENTS\",\"skipOnInvalidRecord\":true";
  private static final String HELD = EVENTS + ",\"unknownOutcome\":\"hold\"";
  private static final String LIST =
      """
      "target":"CUSTOM_LIST","skipOnInvalidRecord":true,
      "customList":{"name":"VIPs","userEmail":"a@example.com","mode":"CREATE_NEW_SEGMENT"}\
      """;

  private static final CleverTapApi DEADLY =
      (connection, path, json, timeout) -> {
        throw new Killed();
      };

  private final StagedJob job = new StagedJob();
  private final MemoryDeadLetters letters = new MemoryDeadLetters();
  private final List<DeadChunk> told = new ArrayList<>();

  /** Where nothing was noted: the fourth row is invalid, the others are failed. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {PROFILES, EVENTS, HELD})
  void failsWhatNobodyHasTried(String settings) {
    job.open(settings, 5);

    assertThat(giveUp()).isEqualTo(End.GIVEN_UP);

    assertThat(job.outcome().rows()).isEqualTo(new RowCounts(5, 0, 1, 0, 4, 0, 0));
    assertThat(job.outcome().rejections()).extracting(Rejection::row).containsExactly(4L);
    assertThat(job.outcome().open())
        .containsExactly(
            new OpenRows(
                State.FAILED,
                "DEAD_LETTER",
                "no worker came to an end with their chunk, as often as the queue handed it out",
                List.of(1L, 2L, 3L, 5L)));
    assertThat(job.outcome().calls()).isZero();
    assertThat(letters.left()).isEmpty();
  }

  /** Of its rows no part is made, so the list is incomplete until a redrive. */
  @Test
  void failsMembersOfAList() {
    job.open(LIST, 2);

    assertThat(giveUp()).isEqualTo(End.GIVEN_UP);

    assertThat(job.outcome().rows().addUp()).isTrue();
    assertThat(job.outcome().ready()).isZero();
    assertThat(job.outcome().part()).isNull();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {PROFILES, EVENTS})
  void keepsWhatEarlierReceivesDecided(String settings) {
    job.open(settings, 3);
    Reply busy = answer(429, "");
    Reply taken = answer(200, "{\"status\":\"success\",\"processed\":1}");
    job.push(new ScriptedApi(List.of(answer(413, ""), taken, busy, busy, busy)), 1);

    assertThat(giveUp()).isEqualTo(End.GIVEN_UP);

    assertThat(job.outcome().rows()).isEqualTo(new RowCounts(3, 1, 0, 0, 2, 0, 0));
    assertThat(job.outcome().open().getFirst().rows()).containsExactly(2L, 3L);
    assertThat(job.outcome().calls()).isEqualTo(5);
    assertThat(job.outcome().throttled()).isEqualTo(3);
  }

  /** Whatever the sync says: nobody sends them again by itself. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {EVENTS, HELD})
  void leavesEventsUnknownThatACallMayHaveBrought(String settings) {
    dieInACall(settings);
    job.parts().clock().sleep(CallNotes.HOLD);

    assertThat(giveUp()).isEqualTo(End.GIVEN_UP);

    assertThat(job.outcome().rows()).isEqualTo(new RowCounts(3, 0, 0, 0, 0, 3, 0));
    assertThat(job.outcome().open().getFirst().code()).isEqualTo("UNKNOWN_OUTCOME");
  }

  @Test
  void leavesAMessageWhoseWorkerMayBeInACall() {
    dieInACall(EVENTS);

    assertThat(giveUp()).isEqualTo(End.TAKEN);

    assertThat(job.run().outcomes()).isEmpty();
    assertThat(letters.left()).hasSize(1);
  }

  @Test
  void tellsWhatIsNotSentOfAStoppedRun() {
    job.open(PROFILES, 2);
    job.run().putStop(new Stop("BECAUSE", "of this", null));

    assertThat(giveUp()).isEqualTo(End.GIVEN_UP);

    assertThat(job.outcome().rows()).isEqualTo(new RowCounts(2, 0, 0, 0, 0, 0, 2));
    assertThat(job.outcome().open().getFirst().code()).isEqualTo("BECAUSE");
  }

  @Test
  void leavesAnOutcomeAsItIs() {
    job.open(PROFILES, 2);
    job.push(new ScriptedApi(List.of(taken(2))), 1);
    Outcome before = job.outcome();

    assertThat(giveUp()).isEqualTo(End.HAD_OUTCOME);

    assertThat(job.outcome()).isEqualTo(before);
    assertThat(letters.left()).isEmpty();
  }

  /** Its worker died between the two, each time. */
  @Test
  void stopsTheRunThatAnOutcomeStops() {
    job.open(PROFILES, 1);
    Stop stop = new Stop("REFUSED_RECORD", "row 1 was refused", 1L);
    var now = job.parts().clock().instant();
    job.run()
        .putOutcome(
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

    assertThat(giveUp()).isEqualTo(End.HAD_OUTCOME);

    assertThat(job.run().stop()).contains(stop);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"the job is gone, false", "a chunk is gone, true"})
  void dropsWhatHasExpired(String rule, boolean hasJob) {
    if (hasJob) {
      job.open(PROFILES, 1);
    }

    assertThat(giveUp(message(7).toJson())).isEqualTo(End.EXPIRED);

    assertThat(job.run().outcomes()).isEmpty();
    assertThat(letters.left()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ada@example.org", "{}", "{\"sync\":\"vip\"}", "null"})
  void leavesAMessageOfSomebodyElse(String body) {
    assertThat(giveUp(body)).isEqualTo(End.FOREIGN);

    assertThat(told).containsExactly(new DeadChunk("message-1", null, End.FOREIGN));
    assertThat(letters.left()).containsExactly(body);
  }

  @Test
  void takesAllThatIsThere() {
    job.open(PROFILES, 1);
    for (int number = 0; number < 25; number++) {
      job.putChunk(number, 1);
      letters.add(message(number).toJson());
    }

    giveUp(job.parts().store(), letters, unlimited());

    assertThat(told).hasSize(25).extracting(DeadChunk::end).containsOnly(End.GIVEN_UP);
    assertThat(job.run().outcomes()).hasSize(25);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "with half a minute left there is time for ten, 30, 0, 10",
    "with less there is none, 29, 0, 0",
    "a large list needs its time, 900, 119, 10",
    "so no more are taken after two minutes, 900, 120, 0"
  })
  void leavesTimeForTheRuns(String rule, int seconds, int spent, int taken) {
    job.open(PROFILES, 1);
    for (int number = 0; number < 25; number++) {
      job.putChunk(number, 1);
      letters.add(message(number).toJson());
    }
    TimeBudget budget = TimeBudget.of(job.parts().clock(), Duration.ofSeconds(seconds));
    job.parts().clock().sleep(Duration.ofSeconds(spent));
    DeadLetters slow =
        new DeadLetters() {
          @Override
          public List<Letter> receive() {
            job.parts().clock().sleep(Duration.ofSeconds(1));
            return letters.receive();
          }

          @Override
          public void delete(String receiptHandle) {
            letters.delete(receiptHandle);
          }
        };

    giveUp(job.parts().store(), slow, budget);

    assertThat(told).hasSize(taken);
  }

  @Test
  void oneThatFailsKeepsNoOtherWaiting() {
    job.open(PROFILES, 1);
    job.putChunk(1, 1);
    ForwardingStore broken =
        new ForwardingStore(job.parts().store()) {
          @Override
          public Optional<byte[]> get(String bucket, String key) {
            if (key.endsWith("chunks/0-0.gz")) {
              throw new IllegalStateException("S3 is down");
            }
            return super.get(bucket, key);
          }
        };
    letters.add(message(0).toJson());
    letters.add(message(1).toJson());

    assertThatThrownBy(() -> giveUp(broken, letters, unlimited()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("S3 is down");

    assertThat(job.run().outcomes()).containsExactly(new ChunkId(0, 1));
    assertThat(letters.left()).containsExactly(message(0).toJson());
  }

  /** When it comes again it has an outcome, so nobody would hear of what it was. */
  @Test
  void tellsOfAMessageThatCantBeDeleted() {
    job.open(PROFILES, 1);
    letters.add(message(0).toJson());
    DeadLetters broken =
        new DeadLetters() {
          @Override
          public List<Letter> receive() {
            return letters.receive();
          }

          @Override
          public void delete(String receiptHandle) {
            throw new IllegalStateException("SQS is down");
          }
        };

    assertThatThrownBy(() -> giveUp(job.parts().store(), broken, unlimited()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("SQS is down");

    assertThat(told).extracting(DeadChunk::end).containsExactly(End.GIVEN_UP);
    assertThat(letters.left()).hasSize(1);
  }

  private End giveUp() {
    return giveUp(message(0).toJson());
  }

  private End giveUp(String body) {
    letters.add(body);
    giveUp(job.parts().store(), letters, unlimited());
    return told.getLast().end();
  }

  private void giveUp(ObjectStore store, DeadLetters from, TimeBudget budget) {
    Installation parts = job.parts().with(new ScriptedApi(List.of()));
    Installation installation =
        new Installation(
            store,
            new Ledger(store, MemoryInstallation.WORK_BUCKET),
            parts.queue(),
            parts.connections(),
            parts.cleverTap(),
            parts.clock());
    new DeadChunks(installation, from).giveUp(budget, told::add);
  }

  private TimeBudget unlimited() {
    return TimeBudget.unlimited(job.parts().clock());
  }

  private void dieInACall(String settings) {
    job.open(settings, 3);
    assertThatThrownBy(() -> job.push(DEADLY, 1)).isInstanceOf(Killed.class);
  }

  private static ChunkMessage message(int number) {
    return ChunkMessage.of("vip", StagedJob.ID, 1, StagedJob.chunk(number));
  }

  private static Reply taken(int records) {
    return answer(200, "{\"status\":\"success\",\"processed\":%d}".formatted(records));
  }
}
