package io.tapline.job;

import static io.tapline.job.Scene.EVENTS;
import static io.tapline.job.Scene.PROFILES;
import static io.tapline.job.Scene.SKIPPING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.MessageQueue;
import io.tapline.chunk.ChunkId;
import io.tapline.chunk.ChunkMessage;
import io.tapline.ledger.Job;
import io.tapline.ledger.Mark;
import io.tapline.ledger.OpenRun;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.Released;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.Stop;
import io.tapline.sync.Connection;
import io.tapline.sync.ConnectionSource;
import io.tapline.sync.SettingsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseTest {

  private static final String DEMERGES =
      "\"target\":\"USER_PROFILES\",\"operation\":\"DEMERGE_USER_PROFILE\"";

  private static final int RUN = 1;
  private static final int WINDOW = 4;
  private static final Stop STOP = new Stop("BECAUSE", "of this", null);

  private final Scene scene = new Scene();
  private final Release release = new Release(scene.installation(), WINDOW);

  @Test
  void sendsAMessageAChunkInTheOrderOfEachLane() {
    Job job = staged("vip/1.csv", SKIPPING, 3, 1);

    new Release(scene.installation()).release(job, mark(job), RUN, 0);

    assertThat(sent()).containsExactly("0-0", "1-0", "0-1", "0-2");
    MessageQueue.Message first = scene.parts().queue().messages().getFirst();
    assertThat(first.group()).isEqualTo("vip-0");
    assertThat(ChunkMessage.parse(first.body()).job()).isEqualTo(job.id());
    assertThat(latest(job)).isEqualTo(new Released(0, 4, true, scene.parts().clock().instant()));
  }

  @Test
  void sendsAtMostOneMessageOfALaneInABatch() {
    Job job = staged("vip/1.csv", SKIPPING, 3, 3, 2);
    List<List<String>> batches = new ArrayList<>();
    new Release(with(batch -> note(batches, batch, List.of()))).release(job, mark(job), RUN, 0);

    assertThat(batches)
        .containsExactly(
            List.of("0-0", "1-0", "2-0"), List.of("0-1", "1-1", "2-1"), List.of("0-2", "1-2"));
  }

  @Test
  void sendsWhatWasNotTakenBeforeTheNextOfItsLane() {
    Job job = staged("vip/1.csv", SKIPPING, 2, 2);
    List<List<String>> batches = new ArrayList<>();
    Installation flaky =
        with(batch -> note(batches, batch, batches.isEmpty() ? batch.subList(1, 2) : List.of()));

    new Release(flaky).release(job, mark(job), RUN, 0);

    assertThat(batches)
        .containsExactly(List.of("0-0", "1-0"), List.of("1-0"), List.of("0-1", "1-1"));
  }

  @Test
  void givesUpAfterEightTriesAndGoesOnLater() {
    Job job = staged("vip/1.csv", SKIPPING, 2, 1);
    List<List<String>> batches = new ArrayList<>();
    Installation dead = with(batch -> note(batches, batch, batch));

    assertThatThrownBy(() -> new Release(dead).release(job, mark(job), RUN, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the queue did not take 2 of 2 messages in 8 tries");
    assertThat(batches).hasSize(8);
    assertThat(scene.job(job).run(RUN).latestReleased()).isEmpty();

    release.release(job, mark(job), RUN, 0);
    assertThat(sent()).containsExactly("0-0", "1-0", "0-1");
  }

  @ParameterizedTest(name = "{0} of 4 outcomes: window {1}")
  @CsvSource({"0, 0", "1, 0", "2, 1", "4, 1"})
  void releasesTheNextWindowWhenTheLastOneIsMostlyWorkedOff(int outcomes, int window) {
    Job job = staged("vip/1.csv", SKIPPING, 5, 2);
    release.release(job, mark(job), RUN, 0);
    assertThat(latest(job).chunks()).isEqualTo(4);
    assertThat(latest(job).last()).isFalse();

    release.release(job, mark(job), RUN, outcomes);

    assertThat(latest(job).window()).isEqualTo(window);
  }

  @Test
  void endsWithTheWindowThatHoldsTheLastChunk() {
    Job job = staged("vip/1.csv", SKIPPING, 5, 2);
    for (int i = 0; i < 5; i++) {
      release.release(job, mark(job), RUN, 7);
    }

    assertThat(latest(job).window()).isEqualTo(2);
    assertThat(latest(job).chunks()).isEqualTo(7);
    assertThat(latest(job).last()).isTrue();
    assertThat(sent()).containsExactly("0-0", "1-0", "0-1", "1-1", "0-2", "0-3", "0-4");
  }

  @Test
  void releasesAJobWithoutRows() {
    Job job = staged("vip/1.csv", SKIPPING, 0, 0);

    release.release(job, mark(job), RUN, 0);

    assertThat(sent()).isEmpty();
    assertThat(latest(job).last()).isTrue();
  }

  @Test
  void sendsNothingOfAStoppedRun() {
    Job job = staged("vip/1.csv", SKIPPING, 1, 1);
    scene.job(job).run(RUN).putStop(STOP);

    release.release(job, mark(job), RUN, 0);

    assertThat(sent()).isEmpty();
    assertThat(scene.job(job).run(RUN).isReleasing(0)).isFalse();
  }

  /** Its lanes are those of the account, and the account stands in the connection. */
  @Test
  void aDemergeWithoutAConnectionIsStoppedWhenItsTurnComes() {
    Job older = staged("vip/1.csv", DEMERGES, 1);
    Job newer = staged("vip/2.csv", DEMERGES, 1);
    Release release = new Release(withoutConnections(), WINDOW);

    release.release(newer, mark(newer), RUN, 0);
    assertThat(scene.job(newer).run(RUN).stop()).isEmpty();
    release.release(older, mark(older), RUN, 0);

    assertThat(scene.job(older).run(RUN).stop()).map(Stop::code).contains(Stop.CONNECTION_UNUSABLE);
    assertThat(scene.job(older).run(RUN).isReleasing(0)).isFalse();
    assertThat(sent()).isEmpty();
  }

  private Installation withoutConnections() {
    Installation parts = scene.installation();
    ConnectionSource none =
        new ConnectionSource() {
          @Override
          public Connection get(String name) {
            throw new SettingsException("no connection " + name);
          }

          @Override
          public Connection refresh(String name) {
            return get(name);
          }
        };
    return new Installation(
        parts.store(), parts.ledger(), parts.queue(), none, parts.cleverTap(), parts.clock());
  }

  /** Else nobody would know which of its chunks get an outcome. */
  @Test
  void makesAWindowWholeThatAStopMetHalfWay() {
    Job job = staged("vip/1.csv", SKIPPING, 5, 2);
    List<List<String>> batches = new ArrayList<>();
    Installation dying =
        with(
            batch -> {
              if (!batches.isEmpty()) {
                throw new Scene.Crash();
              }
              return note(batches, batch, List.of());
            });
    assertThatThrownBy(() -> new Release(dying, WINDOW).release(job, mark(job), RUN, 0))
        .isInstanceOf(Scene.Crash.class);
    scene.job(job).run(RUN).putStop(STOP);

    release.release(job, mark(job), RUN, 0);
    release.release(job, mark(job), RUN, 4);

    assertThat(sent()).containsExactly("0-0", "1-0", "0-1", "1-1");
    assertThat(latest(job).window()).isZero();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "opening, an older job that is just being opened, true",
    "staging, an older job that is not staged, true",
    "window, an older job with a window to come, true",
    "released, an older job that is released, false",
    "stopped, an older job that is stopped, false",
    "lanes, a released one with other lanes, true",
    "closed, an older job that is closed, false",
  })
  void waitsForOlderJobs(String state, String rule, boolean waits) {
    Job older = older(state);
    Job newer = staged("vip/2.csv", SKIPPING, 1, 1);

    new Release(scene.installation()).release(newer, mark(newer), RUN, 0);

    assertThat(scene.job(newer).run(RUN).latestReleased().isEmpty()).isEqualTo(waits);
    assertThat(scene.job(newer).run(RUN).stop()).isEmpty();
    assertThat(older.id()).isLessThan(newer.id());
  }

  private Job older(String state) {
    int[] chunks = state.equals("lanes") ? new int[] {3} : new int[] {3, 1};
    Job job = staged("vip/1.csv", SKIPPING, chunks);
    OpenRun marker = new OpenRun(job.sync(), job.id(), RUN);
    switch (state) {
      case "opening" ->
          scene
              .parts()
              .store()
              .delete(MemoryInstallation.WORK_BUCKET, scene.job(job).reportKey("job.json"));
      case "window" -> new Release(scene.installation(), 2).release(job, mark(job), RUN, 0);
      case "released", "lanes" -> new Release(scene.installation()).release(job, mark(job), RUN, 0);
      case "stopped" -> scene.job(job).run(RUN).putStop(STOP);
      case "closed" -> {
        new Release(scene.installation()).release(job, mark(job), RUN, 0);
        scene.ledger().deleteOpen(marker);
      }
      default -> {}
    }
    return job;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"a newer job was released, true", "a newer job was begun, true", "none was, false"})
  void stopsAJobThatWasOvertaken(String rule, boolean stale) {
    Job older = staged("vip/1.csv", PROFILES, 1, 1);
    Job newer = staged("vip/2.csv", PROFILES, 1, 1);
    if (stale) {
      scene.job(newer).run(RUN).putReleasing(0);
    }

    release.release(older, mark(older), RUN, 0);

    assertThat(scene.job(older).run(RUN).stop().map(Stop::code).orElse(""))
        .isEqualTo(stale ? "STALE" : "");
    assertThat(sent()).hasSize(stale ? 0 : 2);
  }

  @Test
  void sendsEventsHoweverLate() {
    Job older = staged("vip/1.csv", EVENTS, 1, 1);
    Job newer = staged("vip/2.csv", EVENTS, 1, 1);
    scene.job(newer).run(RUN).putReleasing(0);

    release.release(older, mark(older), RUN, 0);

    assertThat(scene.job(older).run(RUN).stop()).isEmpty();
    assertThat(sent()).hasSize(2);
  }

  @Test
  void queuesAgainWhatHasNoOutcome() {
    Job job = staged("vip/1.csv", SKIPPING, 5, 2);
    release.releaseAgain(job, mark(job), RUN);
    assertThat(sent()).as("nothing was queued before").isEmpty();
    release.release(job, mark(job), RUN, 0);
    putOutcome(job, new ChunkId(0, 0));
    putOutcome(job, new ChunkId(0, 1));
    putOutcome(job, new ChunkId(1, 1));
    scene.parts().clock().sleep(Duration.ofMinutes(10));

    release.releaseAgain(job, mark(job), RUN);

    assertThat(sent()).containsExactly("0-0", "1-0", "0-1", "1-1", "1-0");
  }

  private void putOutcome(Job job, ChunkId chunk) {
    scene
        .job(job)
        .run(RUN)
        .putOutcome(
            new Outcome(
                chunk.lane(),
                chunk.number(),
                RowCounts.NONE,
                List.of(),
                List.of(),
                0,
                0,
                0,
                0,
                scene.parts().clock().instant(),
                scene.parts().clock().instant(),
                null));
  }

  /** A job with so many chunks in each lane; nothing of them is read here. */
  private Job staged(String key, String settings, int... chunks) {
    scene.sync(settings + ",\"threadCount\":" + chunks.length);
    Job job = scene.open(key, "identity,evtName\n");
    Mark empty = new Staging(scene.installation()).stage(job, scene.unlimited()).orElseThrow();
    scene
        .job(job)
        .putMark(
            new Mark(
                1,
                empty.header(),
                empty.position(),
                1,
                0,
                Arrays.stream(chunks).boxed().toList(),
                null,
                null,
                0,
                List.of(),
                true,
                empty.decided(),
                null));
    return job;
  }

  private Mark mark(Job job) {
    return scene.job(job).lastMark().orElseThrow();
  }

  private Released latest(Job job) {
    return scene.job(job).run(RUN).latestReleased().orElseThrow();
  }

  private List<String> sent() {
    return chunks(scene.parts().queue().messages());
  }

  private static List<String> chunks(List<MessageQueue.Message> messages) {
    return messages.stream()
        .map(message -> ChunkMessage.parse(message.body()).chunk().toString())
        .toList();
  }

  private static List<MessageQueue.Message> note(
      List<List<String>> batches,
      List<MessageQueue.Message> batch,
      List<MessageQueue.Message> notTaken) {
    batches.add(chunks(batch));
    return List.copyOf(notTaken);
  }

  /** The installation, with a queue that takes what {@code send} does not give back. */
  private Installation with(UnaryOperator<List<MessageQueue.Message>> send) {
    MessageQueue queue =
        new MessageQueue() {
          @Override
          public List<Message> send(List<Message> batch) {
            List<Message> notTaken = send.apply(batch);
            List<Message> taken = new ArrayList<>(batch);
            taken.removeAll(notTaken);
            if (!taken.isEmpty()) {
              scene.parts().queue().send(taken);
            }
            return notTaken;
          }

          @Override
          public void changeVisibility(String receiptHandle, Duration timeout) {
            throw new AssertionError("nothing is received here");
          }
        };
    return scene.parts().with(scene.installation().cleverTap(), queue);
  }
}
