package io.tapline.job;

import static io.tapline.clevertap.ScriptedApi.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.ForwardingStore;
import io.tapline.aws.TimeBudget;
import io.tapline.clevertap.CleverTapApi;
import io.tapline.clevertap.Reply;
import io.tapline.job.SegmentCleverTap.Effect;
import io.tapline.job.SegmentMove.Wait;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.OpenRows.State;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.SegmentEnd;
import io.tapline.ledger.SegmentStep;
import io.tapline.ledger.Stop;
import io.tapline.sync.Connection;
import io.tapline.sync.ConnectionSource;
import io.tapline.sync.SettingsException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentUploadTest {

  private static final Duration HOLD = Duration.ofMinutes(16);
  private static final String LIST = "Type,Identity\ni,a\ng,b\ni,c\n";
  private static final Reply LOST = new Reply.Lost("reset");
  private static final String NO_ADMIN =
      """
      {"error":"Email id is either not in the right format or does not belong to a valid admin",\
      "status":"fail","code":401}\
      """;

  private final SegmentCleverTap cleverTap = new SegmentCleverTap();
  private ListScene scene = withList(false);

  @ParameterizedTest(name = "replace {0}")
  @ValueSource(booleans = {false, true})
  void putsTheListOnceAndCompletesItOnce(boolean replace) {
    scene = withList(replace);

    assertThat(advance()).isEmpty();

    assertThat(cleverTap.calls()).containsExactly("url", "put 1", "complete 1");
    assertThat(cleverTap.lists()).containsExactly(LIST);
    assertThat(cleverTap.completions())
        .containsExactly(
            """
            {"name":"VIPs","email":"admin@example.com","filename":"vips-%s.csv",\
            "creator":"Tapline","url":"https://lists.example.com/1?X-Amz-Signature=SECRET",\
            "replace":%s}\
            """
                .formatted(ListScene.JOB, replace));
    assertThat(end()).isEqualTo(SegmentEnd.completed(77L));
    assertThat(advance()).as("the next time").isEmpty();
    assertThat(cleverTap.calls()).hasSize(3);
  }

  @Test
  void doesNotReplaceAGoodSegmentByAnEmptyList() {
    scene = new ListScene(true);
    scene.outcome(0, new RowCounts(3, 0, 3, 0, 0, 0, 0));

    assertThat(advance()).isEmpty();

    assertThat(cleverTap.calls()).isEmpty();
    assertThat(scene.run().stop()).map(Stop::code).contains("EMPTY_LIST");
  }

  @Test
  void makesNoSegmentOfAnExportWithoutRows() {
    scene = new ListScene(true);

    assertThat(advance()).isEmpty();

    assertThat(scene.run().stop()).map(Stop::code).contains("EMPTY_LIST");
  }

  @Test
  void makesNoSegmentWhileARowIsOpen() {
    scene.outcome(1, new RowCounts(2, 0, 0, 0, 2, 0, 0));

    assertThat(advance()).isEmpty();

    assertThat(cleverTap.calls()).isEmpty();
    assertThat(scene.run().stop()).isEmpty();
    assertThat(end().left()).isEqualTo(State.FAILED);
    assertThat(end().code()).isEqualTo("LIST_INCOMPLETE");
  }

  @Test
  void sendsNothingOfAStoppedRun() {
    scene.run().putStop(new Stop("BECAUSE", "of this", null));

    assertThat(advance()).isEmpty();

    assertThat(cleverTap.calls()).isEmpty();
    assertThat(end().left()).isEqualTo(State.NOT_SENT);
    assertThat(end().code()).isEqualTo("BECAUSE");
  }

  @Test
  void completesNothingOfARunThatIsStoppedWhileTheListIsPut() {
    cleverTap.around(() -> {}, () -> scene.run().putStop(new Stop("BECAUSE", "of this", null)));

    assertThat(advance()).isEmpty();

    assertThat(cleverTap.completions()).isEmpty();
    assertThat(end().left()).isEqualTo(State.NOT_SENT);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(SegmentStep.class)
  void triesLaterWhatIsSurelyNotProcessed(SegmentStep step) {
    cleverTap.fail(step, 429, "{}");
    cleverTap.fail(step, 503, "");
    cleverTap.fail(step, new Reply.NotSent("no connection"), Effect.NONE);

    for (int seconds : List.of(5, 10, 20)) {
      Instant now = scene.parts().clock().instant();
      assertThat(advance()).map(Wait::until).contains(now.plusSeconds(seconds));
      sleep(Duration.ofSeconds(seconds - 1));
      assertThat(advance()).as("a second too early").isPresent();
      sleep(Duration.ofSeconds(1));
    }
    assertThat(advance()).isEmpty();

    assertThat(end()).isEqualTo(SegmentEnd.completed(77L));
    assertThat(cleverTap.completions()).hasSize(1);
  }

  @Test
  void waitsAsLongAsItIsAskedUpToItsLimit() {
    cleverTap.fail(
        SegmentStep.URL, new Reply.Answer(429, new byte[0], Duration.ofSeconds(60)), Effect.NONE);
    cleverTap.fail(
        SegmentStep.URL, new Reply.Answer(429, new byte[0], Duration.ofDays(1)), Effect.NONE);

    assertThat(advance()).map(Wait::until).contains(in(Duration.ofSeconds(60)));
    sleep(Duration.ofSeconds(60));
    assertThat(advance()).map(Wait::until).contains(in(Duration.ofMinutes(5)));
  }

  @ParameterizedTest(name = "{0}: an outage of {1} min ends well: {2}")
  @CsvSource({
    "URL, 360, true", "URL, 400, false",
    "PUT, 360, true", "PUT, 400, false",
    "COMPLETE, 360, true", "COMPLETE, 400, false"
  })
  void outlastsAnOutageOfSixHours(SegmentStep step, int minutes, boolean endsWell) {
    Collections.nCopies(1000, 503).forEach(status -> cleverTap.fail(step, status, ""));
    Instant over = in(Duration.ofMinutes(minutes));
    while (scene.parts().clock().instant().isBefore(over)) {
      advance();
      sleep(Duration.ofMinutes(1)); // as on AWS
    }
    cleverTap.recover();
    advance();
    sleep(Duration.ofMinutes(5));
    advance();

    assertThat(end().left()).isEqualTo(endsWell ? null : State.FAILED);
    assertThat(end().code()).isEqualTo(endsWell ? null : "503");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"URL, 500", "URL, 502", "URL, 504", "PUT, 500", "PUT, 504", "PUT, 429"})
  void repeatsWhatHasNoEffectOrTheSameAgain(SegmentStep step, int status) {
    cleverTap.fail(step, answer(status, ""), Effect.TAKEN);

    assertThat(advance()).isPresent();
    sleep(Duration.ofSeconds(5));
    assertThat(advance()).isEmpty();

    assertThat(end()).isEqualTo(SegmentEnd.completed(77L));
  }

  @Test
  void getsAnotherUrlForOneThatIsNotGoodAnyMore() {
    cleverTap.fail(SegmentStep.PUT, 403, "<Error><Code>AccessDenied</Code></Error>");

    assertThat(advance()).isPresent();
    sleep(Duration.ofSeconds(5));
    assertThat(advance()).isEmpty();

    assertThat(cleverTap.calls()).containsExactly("url", "put 1", "url", "put 2", "complete 2");
  }

  @Test
  void usesNoUrlForLongerThanItLasts() {
    cleverTap.fail(SegmentStep.PUT, 503, "");
    assertThat(advance()).isPresent();
    sleep(Duration.ofHours(23));

    assertThat(advance()).isEmpty();

    assertThat(cleverTap.calls()).containsExactly("url", "put 1", "url", "put 2", "complete 2");
  }

  @ParameterizedTest(name = "{0}, taken: {1}")
  @CsvSource({
    "lost, NONE",
    "lost, TAKEN",
    "500, NONE",
    "502, TAKEN",
    "504, TAKEN",
    "no JSON, TAKEN"
  })
  void createsNothingTwice(String rule, Effect effect) {
    Reply reply =
        switch (rule) {
          case "lost" -> LOST;
          case "no JSON" -> answer(200, "<html>");
          default -> answer(Integer.parseInt(rule), "");
        };
    cleverTap.fail(SegmentStep.COMPLETE, reply, effect);

    assertThat(advance()).isEmpty();
    sleep(HOLD);
    assertThat(advance()).isEmpty();

    assertThat(cleverTap.calls()).containsExactly("url", "put 1", "complete 1");
    assertThat(end().left()).isEqualTo(State.UNKNOWN);
    assertThat(end().reason()).contains("segment \"VIPs\"");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Effect.class)
  void replacesASegmentOnceMoreWhenItIsNotKnownWhetherItWas(Effect effect) {
    scene = withList(true);
    cleverTap.fail(SegmentStep.COMPLETE, LOST, effect);

    assertThat(advance()).isPresent();
    sleep(Duration.ofSeconds(5));
    assertThat(advance()).isEmpty();

    assertThat(cleverTap.calls()).containsExactly("url", "put 1", "complete 1", "complete 1");
    assertThat(end()).isEqualTo(SegmentEnd.completed(77L));
  }

  @Test
  void leavesARowUnknownThatALostTryMayHaveBrought() {
    scene = withList(true);
    cleverTap.fail(SegmentStep.COMPLETE, LOST, Effect.TAKEN);
    cleverTap.fail(SegmentStep.COMPLETE, 400, "{\"status\":\"fail\",\"error\":\"no\"}");

    assertThat(advance()).isPresent();
    sleep(Duration.ofSeconds(5));
    assertThat(advance()).isEmpty();

    assertThat(end().left()).isEqualTo(State.UNKNOWN);
    assertThat(end().code()).isEqualTo("SEGMENT_REFUSED");
  }

  @ParameterizedTest(name = "{0}: HTTP {1}")
  @CsvSource({
    "duplicate_name, 400",
    "Segment does not exist, 400",
    "Segment does not exist, 404",
    "duplicate_name, 200"
  })
  void failsWhatCleverTapRefuses(String error, int status) {
    cleverTap.fail(
        SegmentStep.COMPLETE, status, "{\"status\":\"fail\",\"error\":\"%s\"}".formatted(error));

    assertThat(advance()).isEmpty();

    assertThat(end().left()).isEqualTo(State.FAILED);
    assertThat(end().code()).isEqualTo("SEGMENT_REFUSED");
    assertThat(end().reason()).contains(error);
    assertThat(scene.run().stop()).isEmpty();
  }

  @ParameterizedTest(name = "HTTP {0}")
  @ValueSource(ints = {200, 401})
  void tellsAWrongEmailFromWrongCredentials(int status) {
    cleverTap.fail(SegmentStep.COMPLETE, status, NO_ADMIN);

    assertThat(advance()).isEmpty();

    assertThat(cleverTap.calls()).as("it is not tried again").hasSize(3);
    assertThat(scene.run().stop()).map(Stop::code).contains("ADMIN_EMAIL");
    assertThat(end().left()).isEqualTo(State.NOT_SENT);
    assertThat(end().stop().message()).doesNotContain(ListScene.EMAIL);
  }

  @ParameterizedTest(name = "{0}: HTTP {1}")
  @CsvSource({
    "URL, 401",
    "URL, 403",
    "URL, 404",
    "COMPLETE, 401",
    "COMPLETE, 403",
    "COMPLETE, 405"
  })
  void readsTheConnectionOnceMoreBeforeItStops(SegmentStep step, int status) {
    String body = "{\"status\":\"fail\",\"error\":\"Account ID is not valid\"}";
    cleverTap.fail(step, status, status == 404 ? "" : body);
    assertThat(advance()).isEmpty();
    assertThat(end()).as("the new passcode is right").isEqualTo(SegmentEnd.completed(77L));

    scene = withList(false);
    cleverTap.fail(step, status, "");
    cleverTap.fail(step, status, "");
    assertThat(advance()).isEmpty();

    assertThat(scene.run().stop()).map(Stop::code).contains("CALLS_FORBIDDEN");
    assertThat(end().left()).isEqualTo(State.NOT_SENT);
  }

  @Test
  void stopsWhereTheConnectionIsUnusable() {
    ConnectionSource none =
        new ConnectionSource() {
          @Override
          public Connection get(String name) {
            throw new SettingsException("connection prod is missing");
          }

          @Override
          public Connection refresh(String name) {
            return get(name);
          }
        };
    Installation installation = scene.parts().with(cleverTap);
    Installation broken =
        new Installation(
            installation.store(),
            installation.ledger(),
            installation.queue(),
            none,
            cleverTap,
            installation.clock());

    assertThat(advance(broken, unlimited())).isEmpty();

    assertThat(cleverTap.calls()).isEmpty();
    assertThat(scene.run().stop()).map(Stop::code).contains("CONNECTION_UNUSABLE");
  }

  @ParameterizedTest(name = "{0} s left: {1}")
  @CsvSource({
    "39, ''", // a call may take 30 s, and what follows 10
    "40, complete 1"
  })
  void beginsNothingThatItMayNotEndInTime(int seconds, String calls) {
    TimeBudget budget = TimeBudget.of(scene.parts().clock(), Duration.ofSeconds(seconds));

    Optional<Wait> wait = advance(scene.parts().with(cleverTap), budget);

    assertThat(wait.isEmpty()).isEqualTo(cleverTap.calls().contains("complete 1"));
    assertThat(cleverTap.calls().isEmpty()).isEqualTo(calls.isEmpty());
  }

  /** Every write to the ledger and every call is a place to die at. */
  @ParameterizedTest(name = "replace {0}")
  @ValueSource(booleans = {false, true})
  void goesOnWhereADeadOneWas(boolean replace) {
    int completedAtOnce = 0;
    for (int deathAt = 1; ; deathAt++) {
      scene = withList(replace);
      SegmentCleverTap calls = new SegmentCleverTap();
      Deaths deaths = new Deaths(deathAt);
      calls.around(deaths::mayDie, deaths::mayDie);
      try {
        advance(over(deaths, calls), unlimited());
        assertThat(deathAt).as("there are places to die at").isGreaterThan(18);
        break;
      } catch (Scene.Crash e) {
        calls.around(() -> {}, () -> {});
      }
      if (advance(scene.parts().with(calls), unlimited()).isPresent()) {
        assertThat(calls.completions()).as("held at %d", deathAt).hasSizeLessThan(2);
        sleep(HOLD);
        assertThat(advance(scene.parts().with(calls), unlimited())).isEmpty();
      }
      SegmentEnd end = end();
      if (end.left() == null) {
        completedAtOnce++;
        assertThat(calls.lists().getLast()).isEqualTo(LIST);
      } else {
        assertThat(replace).as("death at %d", deathAt).isFalse();
        assertThat(end.left()).isEqualTo(State.UNKNOWN);
      }
      assertThat(calls.completions()).hasSizeLessThanOrEqualTo(replace ? 2 : 1);
    }
    assertThat(completedAtOnce).isGreaterThan(10);
  }

  @Test
  void stopsTheRunThatADeadOneDidNot() {
    cleverTap.fail(SegmentStep.COMPLETE, 401, NO_ADMIN);
    Installation dying =
        over(
            key -> {
              if (key.endsWith("stopped.json")) {
                throw new Scene.Crash();
              }
            },
            cleverTap);
    assertThatThrownBy(() -> advance(dying, unlimited())).isInstanceOf(Scene.Crash.class);
    assertThat(scene.run().stop()).isEmpty();

    assertThat(advance()).isEmpty();

    assertThat(scene.run().stop()).map(Stop::code).contains("ADMIN_EMAIL");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(SegmentStep.class)
  void leavesATryToWhoIsAtIt(SegmentStep step) {
    int before = step.ordinal();
    CountDownLatch none = new CountDownLatch(before);
    cleverTap.around(
        () -> {
          if (none.getCount() == 0) {
            assertThat(advance(scene.parts().with(noCalls()), unlimited()))
                .map(Wait::until)
                .contains(in(HOLD));
          }
          none.countDown();
        },
        () -> {});

    assertThat(advance()).isEmpty();

    assertThat(cleverTap.calls()).containsExactly("url", "put 1", "complete 1");
    assertThat(end()).isEqualTo(SegmentEnd.completed(77L));
  }

  @Test
  void twoAtOnceMakeOneSegment() throws InterruptedException {
    for (int round = 0; round < 50; round++) {
      scene = withList(false);
      SegmentCleverTap calls = new SegmentCleverTap();
      Installation installation = scene.parts().with(calls);
      List<Thread> finalizers =
          List.of(1, 2, 3).stream()
              .map(i -> Thread.ofVirtual().start(() -> advance(installation, unlimited())))
              .toList();
      for (Thread finalizer : finalizers) {
        finalizer.join();
      }

      assertThat(calls.calls()).containsExactly("url", "put 1", "complete 1");
      assertThat(end()).isEqualTo(SegmentEnd.completed(77L));
    }
  }

  @Test
  void keepsTheUrlToItself() {
    cleverTap.fail(
        SegmentStep.COMPLETE,
        400,
        """
        {"status":"fail","error":"https://lists.example.com/1?X-Amz-Signature=SECRET is not\
         of admin@example.com"}\
        """);

    assertThat(advance()).isEmpty();

    assertThat(end().reason()).doesNotContain("SECRET", ListScene.EMAIL);
    assertThat(scene.run().segment().tries().toString()).doesNotContain("SECRET");
  }

  /** Two lanes; the parts of the list are those of the first lane, then of the second. */
  private static ListScene withList(boolean replace) {
    ListScene scene = new ListScene(replace);
    scene.chunk(1, "i,c\n");
    scene.chunk(0, "i,a\n");
    scene.chunk(0, "g,b\n");
    return scene;
  }

  private Optional<Wait> advance() {
    return advance(scene.parts().with(cleverTap), unlimited());
  }

  private Optional<Wait> advance(Installation installation, TimeBudget budget) {
    return new SegmentUpload(
            installation,
            scene.job(),
            installation.ledger().job(ListScene.SYNC, ListScene.JOB),
            1,
            scene.staged(),
            HOLD)
        .advance(budget);
  }

  private SegmentEnd end() {
    return scene.run().segment().end().orElseThrow();
  }

  private TimeBudget unlimited() {
    return TimeBudget.unlimited(scene.parts().clock());
  }

  private Instant in(Duration duration) {
    return scene.parts().clock().instant().plus(duration);
  }

  private void sleep(Duration duration) {
    scene.parts().clock().sleep(duration);
  }

  private static CleverTapApi noCalls() {
    return (connection, path, json, timeout) -> {
      throw new AssertionError("somebody else is at it");
    };
  }

  /** The installation, but {@code write} is told of each write once it is made. */
  private Installation over(WriteListener write, CleverTapApi calls) {
    ForwardingStore store =
        new ForwardingStore(scene.parts().store()) {
          @Override
          public boolean putIfAbsent(String bucket, String key, byte[] content) {
            write.before(key);
            boolean put = super.putIfAbsent(bucket, key, content);
            write.after(key);
            return put;
          }
        };
    Installation installation = scene.parts().with(calls);
    return new Installation(
        store,
        new Ledger(store, MemoryInstallation.WORK_BUCKET),
        installation.queue(),
        installation.connections(),
        calls,
        installation.clock());
  }

  private interface WriteListener {

    void before(String key);

    default void after(String key) {}
  }

  /** Dies at the {@code at}th place. */
  private static final class Deaths implements WriteListener {

    private final int at;
    private int places;

    Deaths(int at) {
      this.at = at;
    }

    void mayDie() {
      if (++places == at) {
        throw new Scene.Crash();
      }
    }

    @Override
    public void before(String key) {
      mayDie();
    }

    @Override
    public void after(String key) {
      mayDie();
    }
  }
}
