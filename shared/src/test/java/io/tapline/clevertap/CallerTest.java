package io.tapline.clevertap;

import static io.tapline.clevertap.ScriptedApi.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tapline.aws.TimeBudget;
import io.tapline.clevertap.CallEnd.Answered;
import io.tapline.clevertap.CallEnd.Forbidden;
import io.tapline.clevertap.CallEnd.NoConnection;
import io.tapline.clevertap.CallEnd.Refused;
import io.tapline.clevertap.CallEnd.TryLater;
import io.tapline.clevertap.CallEnd.Unknown;
import io.tapline.sync.Connection;
import io.tapline.sync.ConnectionSource;
import io.tapline.sync.SettingsException;
import io.tapline.sync.Sync;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {

  private static final Sync PROFILES = TestSyncs.profiles("");
  private static final Sync EVENTS = TestSyncs.events("");
  private static final Sync HELD_EVENTS = TestSyncs.events(",\"unknownOutcome\":\"hold\"");

  private static final Reply OK = answer(200, "{\"status\":\"success\",\"processed\":7}");
  private static final Reply LOST = new Reply.Lost("reset");
  private static final Reply NOT_SENT = new Reply.NotSent("refused");
  private static final Reply JUNK = answer(200, "<html>");

  private final VirtualClock clock = new VirtualClock();
  private final ScriptedConnections connections = new ScriptedConnections();
  private final CallCounts counts = new CallCounts();
  private final CallTimes times = new CallTimes();

  /** What was told of tries: {@code sending}, {@code undecided}, {@code unknown}. */
  private final List<String> told = new ArrayList<>();

  private Caller caller(CleverTapApi api, Sync sync, TimeBudget budget) {
    return new Caller(api, connections, sync, clock, budget, counts, times);
  }

  private Caller caller(CleverTapApi api, Sync sync) {
    return caller(api, sync, TimeBudget.unlimited(clock));
  }

  private CallEnd call(Caller caller) {
    return call(caller, false);
  }

  private CallEnd call(Caller caller, boolean again) {
    Tries tries =
        new Tries() {
          @Override
          public void sending() {
            told.add("sending");
          }

          @Override
          public void undecided(boolean unknown) {
            told.add(unknown ? "unknown" : "undecided");
          }
        };
    return caller.call(new byte[] {'{', '}'}, again, tries);
  }

  static Stream<Arguments> repeated() {
    return Stream.of(
        arguments("429 is not processed", PROFILES, answer(429, ""), "429", false),
        arguments("429, events too", EVENTS, answer(429, ""), "429", false),
        arguments("429, held events too", HELD_EVENTS, answer(429, ""), "429", false),
        arguments("503 is not processed", PROFILES, answer(503, ""), "503", true),
        arguments("503, events too", HELD_EVENTS, answer(503, ""), "503", true),
        arguments("no connection", PROFILES, NOT_SENT, "NO_CONNECTION", true),
        arguments("no connection, events too", HELD_EVENTS, NOT_SENT, "NO_CONNECTION", true),
        arguments("profiles are safe to repeat: 500", PROFILES, answer(500, ""), "500", true),
        arguments("profiles are safe to repeat: 502", PROFILES, answer(502, ""), "502", true),
        arguments("profiles are safe to repeat: 504", PROFILES, answer(504, ""), "504", true),
        arguments("profiles are safe to repeat: 520", PROFILES, answer(520, ""), "520", true),
        arguments("profiles are safe to repeat: lost", PROFILES, LOST, "NO_ANSWER", true),
        arguments("profiles are safe to repeat: junk", PROFILES, JUNK, "NO_ANSWER", true),
        arguments(
            "429 in a body",
            EVENTS,
            answer(200, "{\"status\":\"fail\",\"code\":429}"),
            "429",
            false),
        arguments(
            "the record code of a server error for a whole call",
            PROFILES,
            answer(200, "{\"status\":\"fail\",\"code\":555}"),
            "555",
            true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("repeated")
  void repeatsWhatIsSafe(String rule, Sync sync, Reply reply, String code, boolean outage) {
    ScriptedApi api = new ScriptedApi(List.of(reply, reply, OK));
    Caller caller = caller(api, sync);

    assertThat(call(caller)).isInstanceOf(Answered.class);
    assertThat(counts.calls()).isEqualTo(3);
    assertThat(counts.retries()).isEqualTo(2);
    assertThat(counts.throttledCalls()).isEqualTo(code.equals("429") ? 2 : 0);
    assertThat(told).containsExactly("sending", "undecided", "sending", "undecided", "sending");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("repeated")
  void leavesItForLaterAfterItsAttempts(
      String rule, Sync sync, Reply reply, String code, boolean outage) {
    ScriptedApi api = new ScriptedApi(Collections.nCopies(3, reply));

    CallEnd end = call(caller(api, sync));

    assertThat(end)
        .isInstanceOfSatisfying(
            TryLater.class,
            later -> {
              assertThat(later.code()).isEqualTo(code);
              assertThat(later.outage()).isEqualTo(outage);
              assertThat(later.retryAfter()).isZero();
            });
    assertThat(api.left()).isZero();
    assertThat(told).hasSize(6).endsWith("sending", "undecided");
    assertThat(clock.sleeps()).hasSize(2);
  }

  @Test
  void timesEachCallUntilItsAnswer() {
    ScriptedApi api = new ScriptedApi(List.of(answer(429, ""), NOT_SENT, OK));
    Caller caller =
        caller(
            (connection, path, json, timeout) -> {
              clock.pass(Duration.ofMillis(100L * (times.calls() + 1)));
              return api.post(connection, path, json, timeout);
            },
            PROFILES);

    call(caller);

    assertThat(times.calls()).isEqualTo(3);
    assertThat(times.throttledCalls()).isEqualTo(1);
    assertThat(times.millis()).as("pauses do not count").containsExactly(100, 200, 300);
  }

  static Stream<Arguments> unknown() {
    return Stream.of(
        arguments("500", answer(500, "")),
        arguments("502", answer(502, "")),
        arguments("504", answer(504, "")),
        arguments("another 5xx", answer(520, "")),
        arguments("500 in a body", answer(200, "{\"status\":\"fail\",\"code\":500}")),
        arguments("lost", LOST),
        arguments("200 that nobody can read", JUNK),
        arguments("202 that nobody can read", answer(202, "")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unknown")
  void sendsEventsAgainAndSaysWhy(String rule, Reply reply) {
    Caller caller = caller(new ScriptedApi(List.of(reply, answer(429, ""), OK)), EVENTS);

    assertThat(call(caller)).isInstanceOf(Answered.class);
    assertThat(told).containsExactly("sending", "unknown", "sending", "undecided", "sending");
    assertThat(counts.calls()).isEqualTo(3);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unknown")
  void holdsEventsBack(String rule, Reply reply) {
    Caller caller = caller(new ScriptedApi(List.of(reply)), HELD_EVENTS);

    assertThat(call(caller)).isInstanceOf(Unknown.class);
    assertThat(told).containsExactly("sending");
  }

  static Stream<Arguments> permanent() {
    return Stream.of(
        arguments("malformed", answer(400, "{\"status\":\"fail\",\"error\":\"Bad\"}"), 400),
        arguments("too large", answer(413, "<html>"), 413),
        arguments("another 4xx", answer(422, ""), 422),
        arguments("a redirect", answer(302, ""), 302),
        arguments("400 in a body", answer(200, "{\"status\":\"fail\",\"code\":400}"), 400),
        arguments(
            "the code of a record for a whole call",
            answer(200, "{\"status\":\"fail\",\"code\":513}"),
            513));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("permanent")
  void doesNotRepeatWhatIsRefused(String rule, Reply reply, int status) {
    assertThat(call(caller(new ScriptedApi(List.of(reply)), PROFILES)))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.status()).isEqualTo(status));
  }

  @Test
  void tellsCleverTapsWordsShortenedAndWithoutThePasscode() {
    String words = "pass-0 is bad " + "x".repeat(500);
    Reply reply = answer(400, "{\"status\":\"fail\",\"error\":\"" + words + "\"}");

    Refused refused = (Refused) call(caller(new ScriptedApi(List.of(reply)), PROFILES));

    assertThat(refused.reason()).startsWith("HTTP 400: … is bad x").hasSize(211).endsWith("…");
  }

  static Stream<Reply> forbidden() {
    return Stream.of(
        answer(401, "{\"status\":\"fail\",\"error\":\"pass-0 pass-1\",\"code\":401}"),
        answer(403, ""),
        answer(404, "<html>"),
        answer(405, ""),
        answer(200, "{\"status\":\"fail\",\"error\":\"Account ID is not valid\",\"code\":401}"));
  }

  @ParameterizedTest
  @MethodSource("forbidden")
  void readsTheSecretAnewOnceThenGivesUp(Reply reply) {
    ScriptedApi api = new ScriptedApi(List.of(reply, reply));

    Forbidden end = (Forbidden) call(caller(api, EVENTS));

    assertThat(end.reason())
        .contains(Integer.toString(end.status()), "api.clevertap.com", "prod", "region")
        .doesNotContain("pass-1");
    assertThat(api.passcodes()).containsExactly("pass-0", "pass-1");
    assertThat(connections.refreshes()).isEqualTo(1);
    assertThat(told).containsExactly("sending", "undecided", "sending");
    assertThat(clock.sleeps()).isEmpty();
  }

  @Test
  void makesNoCallWithoutAConnection() {
    ScriptedApi api = new ScriptedApi(List.of());
    ConnectionSource none =
        new ConnectionSource() {
          @Override
          public Connection get(String name) {
            throw new SettingsException("connection \"" + name + "\" is in neither place");
          }

          @Override
          public Connection refresh(String name) {
            return get(name);
          }
        };
    Caller caller =
        new Caller(api, none, EVENTS, clock, TimeBudget.unlimited(clock), counts, times);

    assertThat(call(caller)).isEqualTo(new NoConnection("connection \"prod\" is in neither place"));
    assertThat(counts.calls()).isZero();
    assertThat(told).isEmpty();
  }

  @Test
  void goesOnWithANewSecret() {
    Caller caller =
        caller(new ScriptedApi(List.of(answer(401, ""), OK, answer(401, ""))), PROFILES);

    assertThat(call(caller)).isInstanceOf(Answered.class);
    assertThat(call(caller)).as("once for a chunk").isInstanceOf(Forbidden.class);
  }

  @ParameterizedTest(name = "{0} s asked for")
  @ValueSource(ints = {1, 30})
  void waitsAsLongAsItIsAsked(int seconds) {
    Duration asked = Duration.ofSeconds(seconds);
    Reply busy = new Reply.Answer(429, new byte[0], asked);
    Caller caller = caller(new ScriptedApi(List.of(busy, OK)), PROFILES);

    assertThat(call(caller)).isInstanceOf(Answered.class);
    assertThat(clock.sleeps()).containsExactly(asked);
  }

  @Test
  void leavesALongWaitToTheQueue() {
    Duration asked = Duration.ofSeconds(31);
    Reply busy = new Reply.Answer(503, new byte[0], asked);

    CallEnd end = call(caller(new ScriptedApi(List.of(busy)), PROFILES));

    assertThat(end)
        .isEqualTo(new TryLater("503", "HTTP 503, CleverTap is not available", true, asked));
    assertThat(clock.sleeps()).isEmpty();
  }

  @Test
  void backsOffWithinItsSettings() {
    Sync sync =
        TestSyncs.profiles(
            ",\"retry\":{\"attempts\":10,\"firstDelay\":\"100ms\",\"maxDelay\":\"1s\"}");

    assertThat(call(caller(new ScriptedApi(Collections.nCopies(10, NOT_SENT)), sync)))
        .isInstanceOf(TryLater.class);

    assertThat(clock.sleeps()).hasSize(9);
    for (int i = 0; i < 9; i++) {
      assertThat(clock.sleeps().get(i))
          .isBetween(Duration.ZERO, Duration.ofMillis(Math.min(100L << i, 1000)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a call's time-out and 5 s fit,    35000, true",
    "they do not,                      34999, false",
  })
  void startsNoCallThatMayNotEndInTime(String rule, long millisLeft, boolean starts) {
    TimeBudget budget = TimeBudget.of(clock, Duration.ofMillis(millisLeft));
    ScriptedApi api = new ScriptedApi(List.of(OK));

    CallEnd end = call(caller(api, PROFILES, budget));

    assertThat(api.bodies()).hasSize(starts ? 1 : 0);
    if (!starts) {
      assertThat(end)
          .isEqualTo(
              new TryLater("OUT_OF_TIME", "the invocation's time was over", false, Duration.ZERO));
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "busy and out of time is no outage,          429, OUT_OF_TIME, false",
    "out of reach and out of time is an outage,  503, 503,         true",
  })
  void tellsWhyTheTimeWasOver(String rule, int status, String code, boolean outage) {
    TimeBudget budget = TimeBudget.of(clock, Duration.ofSeconds(40));
    Duration asked = Duration.ofSeconds(6);
    Reply reply = new Reply.Answer(status, new byte[0], asked);

    TryLater later = (TryLater) call(caller(new ScriptedApi(List.of(reply)), PROFILES, budget));

    assertThat(later.code()).isEqualTo(code);
    assertThat(later.outage()).isEqualTo(outage);
    assertThat(later.retryAfter()).isEqualTo(asked);
  }

  @Test
  void countsACallOfRecordsThatWereSentBeforeAsARetry() {
    Caller caller = caller(new ScriptedApi(List.of(OK)), PROFILES);

    call(caller, true);

    assertThat(counts.retries()).isEqualTo(1);
  }

  @Test
  void makesNoTryThatCantBeNoted() {
    ScriptedApi api = new ScriptedApi(List.of());
    Tries taken =
        new Tries() {
          @Override
          public void sending() {
            throw new IllegalStateException("taken");
          }

          @Override
          public void undecided(boolean unknown) {
            throw new AssertionError("there was no try");
          }
        };

    assertThatThrownBy(() -> caller(api, EVENTS).call(new byte[0], false, taken))
        .hasMessage("taken");
    assertThat(counts.calls()).isZero();
  }

  @Test
  void pausesOnlyWhenThereIsTime() {
    Caller caller = caller(new ScriptedApi(List.of()), PROFILES);
    caller.pause(1);
    assertThat(clock.sleeps()).hasSize(1);

    TimeBudget over = TimeBudget.of(clock, Duration.ZERO);
    caller(new ScriptedApi(List.of()), PROFILES, over).pause(1);
    assertThat(clock.sleeps()).hasSize(1);
  }
}
