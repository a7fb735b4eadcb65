package io.tapline.job;

import static io.tapline.clevertap.ScriptedApi.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tapline.aws.TimeBudget;
import io.tapline.chunk.ChunkId;
import io.tapline.clevertap.CallEnd.TryLater;
import io.tapline.clevertap.CallTimes;
import io.tapline.clevertap.Caller;
import io.tapline.clevertap.CleverTapApi;
import io.tapline.clevertap.Endpoint;
import io.tapline.clevertap.Reply;
import io.tapline.clevertap.ScriptedApi;
import io.tapline.clevertap.ScriptedConnections;
import io.tapline.clevertap.TestSyncs;
import io.tapline.clevertap.VirtualClock;
import io.tapline.ledger.OpenRows;
import io.tapline.ledger.Stop;
import io.tapline.record.Rejection;
import io.tapline.sync.Sync;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DeliveryTest {

  private static final Sync PROFILES = TestSyncs.profiles(",\"skipOnInvalidRecord\":true");
  private static final Sync EVENTS = TestSyncs.events(",\"skipOnInvalidRecord\":true");
  private static final Sync DEMERGE =
      TestSyncs.profiles(",\"skipOnInvalidRecord\":true", "DEMERGE_USER_PROFILE");
  private static final Sync STRICT = TestSyncs.profiles("");
  private static final Sync STRICT_EVENTS = TestSyncs.events("");
  private static final Sync HELD =
      TestSyncs.events(",\"skipOnInvalidRecord\":true,\"unknownOutcome\":\"hold\"");

  private static final String SERVER_ERROR = "555@";

  private final VirtualClock clock = new VirtualClock();
  private final MemoryInstallation installation = new MemoryInstallation();

  /** Of the delivery that was made last. */
  private Progress progress;

  /** A case: what is sent, what is answered, and which calls and fates come of it. */
  private record Case(
      Sync sync, String users, List<Reply> replies, List<String> calls, String fates) {}

  private static Arguments row(
      String rule, Sync sync, String users, List<Reply> replies, String calls, String fates) {
    String list = Endpoint.of(sync.kind()).list();
    List<String> bodies =
        Stream.of(calls.split(" \\| "))
            .map(call -> "{\"%s\":[\"%s\"]}".formatted(list, call.replace(" ", "\",\"")))
            .toList();
    return arguments(rule, new Case(sync, users, replies, bodies, fates));
  }

  /** An answer of counts and refusals, each {@code code@position} or {@code code=user}. */
  private static Reply said(int processed, String... refusals) {
    List<String> entries = new ArrayList<>();
    for (String refusal : refusals) {
      String code = refusal.substring(0, 3);
      String rest = refusal.substring(4);
      entries.add(
          refusal.charAt(3) == '@'
              ? "{\"code\":%s,\"error\":\"Bad. Skipped record number : %s\"}".formatted(code, rest)
              : "{\"code\":%s,\"error\":\"Bad.\",\"record\":{\"identity\":\"%s\"}}"
                  .formatted(code, rest));
    }
    return answer(
        200,
        "{\"status\":\"partial\",\"processed\":%d,\"unprocessed\":[%s]}"
            .formatted(processed, String.join(",", entries)));
  }

  private static Reply malformed() {
    return answer(400, "{\"status\":\"fail\",\"error\":\"Malformed request\",\"code\":400}");
  }

  static Stream<Arguments> rules() {
    return Stream.of(
        row("all taken", PROFILES, "abc", List.of(said(3)), "a1 b2 c3", "ok ok ok"),
        row(
            "refusals in any order",
            PROFILES,
            "abc",
            List.of(said(1, "516@3", "515@1")),
            "a1 b2 c3",
            "515 ok 516"),
        row(
            "all refused, with 200",
            EVENTS,
            "ab",
            List.of(said(0, "513@1", "513@2")),
            "a1 b2",
            "513 513"),
        row(
            "codes that only CleverTap can tell, and one that no page lists, are permanent",
            EVENTS,
            "abcde",
            List.of(said(1, "528@1", "531@2", "534@4", "599@5")),
            "a1 b2 c3 d4 e5",
            "528 531 ok 534 599"),
        row(
            "a demerge: its status tells of all",
            DEMERGE,
            "ab",
            List.of(answer(200, "{\"status\":\"success\"}")),
            "a1 b2",
            "ok ok"),
        row(
            "a demerge that fails: the culprit is found",
            DEMERGE,
            "ab",
            List.of(
                answer(200, "{\"status\":\"fail\"}"),
                answer(200, "{\"status\":\"fail\"}"),
                answer(200, "{\"status\":\"success\"}")),
            "a1 b2 | a1 | b2",
            "400 ok"),
        row(
            "no number: by identity",
            PROFILES,
            "aba",
            List.of(said(2, "515=b")),
            "a1 b2 a3",
            "ok 515 ok"),
        row("no number, a single record", EVENTS, "a", List.of(said(0, "515=?")), "a1", "515"),
        row(
            "no number, identity not unique: never guessed; events are unknown at once",
            EVENTS,
            "aba",
            List.of(said(2, "515=a")),
            "a1 b2 a3",
            "UNKNOWN/UNACCOUNTED UNKNOWN/UNACCOUNTED UNKNOWN/UNACCOUNTED"),
        row(
            "no number, nobody's identity; a mapped refusal stays one",
            EVENTS,
            "abc",
            List.of(said(1, "515=x", "513@2")),
            "a1 b2 c3",
            "UNKNOWN/UNACCOUNTED 513 UNKNOWN/UNACCOUNTED"),
        row(
            "a number beyond the call",
            EVENTS,
            "ab",
            List.of(said(1, "515@3")),
            "a1 b2",
            "UNKNOWN/UNACCOUNTED UNKNOWN/UNACCOUNTED"),
        row(
            "one number twice",
            EVENTS,
            "ab",
            List.of(said(0, "515@1", "516@1")),
            "a1 b2",
            "515 UNKNOWN/UNACCOUNTED"),
        row(
            "no number, identity not unique: profiles by halves",
            PROFILES,
            "aab",
            List.of(said(2, "515=a"), said(1), said(1, "515=a")),
            "a1 a2 b3 | a1 | a2 b3",
            "ok 515 ok"),
        row(
            "counts that do not add up: profiles by halves",
            PROFILES,
            "abcd",
            List.of(said(3), said(2), said(1, "515@2")),
            "a1 b2 c3 d4 | a1 b2 | c3 d4",
            "ok ok ok 515"),
        row(
            "counts that do not add up, though all are named",
            EVENTS,
            "ab",
            List.of(said(2, "513@1", "513@2")),
            "a1 b2",
            "513 513"),
        row(
            "a single profile that does not add up is not halved",
            PROFILES,
            "a",
            List.of(said(0)),
            "a1",
            "UNKNOWN/UNACCOUNTED"),
        row(
            "one unaccounted profile of two goes alone",
            PROFILES,
            "ab",
            List.of(said(0, "515@1"), said(1)),
            "a1 b2 | b2",
            "515 ok"),
        row(
            "server error: an event goes again alone",
            EVENTS,
            "aab",
            List.of(said(2, SERVER_ERROR + 1), said(1)),
            "a1 a2 b3 | a1",
            "ok ok ok"),
        row(
            "server error: a profile takes its user's later records along",
            PROFILES,
            "abaca",
            List.of(said(3, SERVER_ERROR + 3, "515@2"), said(2)),
            "a1 b2 a3 c4 a5 | a3 a5",
            "ok 515 ok ok ok"),
        row(
            "server error: not a later record that was refused",
            PROFILES,
            "aaa",
            List.of(said(1, SERVER_ERROR + 1, "515@2"), said(2)),
            "a1 a2 a3 | a1 a3",
            "ok 515 ok"),
        row(
            "server error: three more tries, then failed",
            EVENTS,
            "ab",
            List.of(
                said(1, SERVER_ERROR + 2),
                said(0, SERVER_ERROR + 1),
                said(0, SERVER_ERROR + 1),
                said(0, SERVER_ERROR + 1)),
            "a1 b2 | b2 | b2 | b2",
            "ok FAILED/555"),
        row(
            "server error beside what does not add up: in the order of the export",
            PROFILES,
            "aba",
            List.of(said(0, SERVER_ERROR + 3), said(1), said(2)),
            "a1 b2 a3 | a1 | b2 a3",
            "ok ok ok"),
        row(
            "server error of events beside what does not add up",
            EVENTS,
            "abc",
            List.of(said(0, SERVER_ERROR + 3), said(1)),
            "a1 b2 c3 | c3",
            "UNKNOWN/UNACCOUNTED UNKNOWN/UNACCOUNTED ok"),
        row(
            "400: the culprit is found",
            EVENTS,
            "abcd",
            List.of(malformed(), said(2), malformed(), malformed(), said(1)),
            "a1 b2 c3 d4 | a1 b2 | c3 d4 | c3 | d4",
            "ok ok 400 ok"),
        row(
            "400 in the body of a 200",
            EVENTS,
            "ab",
            List.of(answer(200, "{\"status\":\"fail\",\"code\":400}"), said(1), said(1)),
            "a1 b2 | a1 | b2",
            "ok ok"),
        row(
            "413: halved",
            EVENTS,
            "abc",
            List.of(answer(413, ""), said(1), said(2)),
            "a1 b2 c3 | a1 | b2 c3",
            "ok ok ok"),
        row("413 of one record", EVENTS, "a", List.of(answer(413, "")), "a1", "413"),
        row(
            "another 4xx is not searched",
            EVENTS,
            "ab",
            List.of(answer(422, "")),
            "a1 b2",
            "FAILED/422 FAILED/422"),
        row(
            "held events: just those of the call",
            HELD,
            "ab",
            List.of(answer(413, ""), new Reply.Lost("reset"), said(1)),
            "a1 b2 | a1 | b2",
            "UNKNOWN/UNKNOWN_OUTCOME ok"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void learnsTheFateOfEachRecord(String rule, Case given) {
    ScriptedApi api = new ScriptedApi(given.replies);
    Delivery delivery = delivery(api, given.sync, given.users);

    assertThat(delivery.deliver()).isEmpty();

    assertThat(api.bodies()).isEqualTo(given.calls);
    assertThat(api.left()).isZero();
    assertThat(String.join(" ", Chunks.told(progress.fates()))).isEqualTo(given.fates);
    assertThat(delivery.stop()).isEmpty();
    assertThat(progress.fates().counts().addUp()).isTrue();
  }

  static Stream<Arguments> stops() {
    return Stream.of(
        row(
            "a refused row; what the same answer accepted stays so",
            STRICT,
            "abc",
            List.of(said(2, "515@2")),
            "a1 b2 c3",
            "ok 515 ok"),
        row(
            "the rest is not sent: what met a server error",
            STRICT,
            "abc",
            List.of(said(1, "515@2", SERVER_ERROR + 1)),
            "a1 b2 c3",
            "NOT_SENT/REFUSED_RECORD 515 ok"),
        row(
            "the rest is not sent: the other half",
            STRICT_EVENTS,
            "abcd",
            List.of(answer(413, ""), said(1, "513@2")),
            "a1 b2 c3 d4 | a1 b2",
            "ok 513 NOT_SENT/REFUSED_RECORD NOT_SENT/REFUSED_RECORD"),
        row(
            "unaccounted ones are unknown, for they were sent",
            STRICT,
            "abc",
            List.of(said(0, "515@2")),
            "a1 b2 c3",
            "UNKNOWN/UNACCOUNTED 515 UNKNOWN/UNACCOUNTED"),
        row(
            "a record that is malformed by itself",
            STRICT_EVENTS,
            "ab",
            List.of(malformed(), malformed()),
            "a1 b2 | a1",
            "400 NOT_SENT/REFUSED_RECORD"),
        row(
            "forbidden",
            PROFILES,
            "abc",
            List.of(answer(413, ""), said(1), answer(401, ""), answer(401, "")),
            "a1 b2 c3 | a1 | b2 c3 | b2 c3",
            "ok NOT_SENT/CALLS_FORBIDDEN NOT_SENT/CALLS_FORBIDDEN"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stops")
  void stopsTheRun(String rule, Case given) {
    ScriptedApi api = new ScriptedApi(given.replies);
    Delivery delivery = delivery(api, given.sync, given.users);

    assertThat(delivery.deliver()).isEmpty();

    assertThat(api.bodies()).isEqualTo(given.calls);
    assertThat(String.join(" ", Chunks.told(progress.fates()))).isEqualTo(given.fates);
    assertThat(delivery.stop()).isPresent();
  }

  @Test
  void saysWhichRowStoppedTheRun() {
    Delivery delivery = delivery(new ScriptedApi(List.of(said(0, "516@2", "515@1"))), STRICT, "ab");

    delivery.deliver();

    assertThat(delivery.stop())
        .contains(
            new Stop(
                "REFUSED_RECORD",
                "CleverTap refused row 11 with code 515, and skipOnInvalidRecord is off;"
                    + " correct the row, or turn it on",
                11L));
  }

  @Test
  void tellsCleverTapsWordsWithoutThePlaceInTheCall() {
    Delivery delivery = delivery(new ScriptedApi(List.of(said(0, "515@1"))), PROFILES, "a");

    delivery.deliver();

    assertThat(progress.fates().refusals())
        .containsExactly(new Rejection(11, Rejection.By.CLEVERTAP, "515", null, "Bad"));
  }

  @Test
  void namesTheRowsAndCountsOfAnAnswerThatDoesNotAddUp() {
    Delivery delivery = delivery(new ScriptedApi(List.of(said(1, "515@2"))), EVENTS, "abc");

    delivery.deliver();

    assertThat(progress.fates().open())
        .containsExactly(
            new OpenRows(
                OpenRows.State.UNKNOWN,
                "UNACCOUNTED",
                "the answer to rows 11 to 13 does not add up: 3 records sent, 1 processed, 1"
                    + " unprocessed",
                List.of(11L, 13L)));
  }

  @Test
  void spendsAtMost24CallsOnASearchAndGivesUpTheRest() {
    List<Reply> replies = Collections.nCopies(25, malformed());
    ScriptedApi api = new ScriptedApi(replies);
    Delivery delivery = delivery(api, PROFILES, "a".repeat(1000));

    assertThat(delivery.deliver()).isEmpty();

    assertThat(api.bodies()).hasSize(25);
    assertThat(Chunks.told(progress.fates())).containsOnly("400", "FAILED/400").contains("400");
    assertThat(progress.fates().isWhollyMalformed()).isTrue();
  }

  @Test
  void spendsAtMost24CallsOnProfilesThatDoNotAddUp() {
    ScriptedApi api = new ScriptedApi(Collections.nCopies(25, said(0)));
    Delivery delivery = delivery(api, PROFILES, "a".repeat(1000));

    assertThat(delivery.deliver()).isEmpty();

    assertThat(api.bodies()).hasSize(25);
    assertThat(Chunks.told(progress.fates())).containsOnly("UNKNOWN/UNACCOUNTED");
  }

  @Test
  void waitsBeforeItSendsAfterAServerError() {
    delivery(new ScriptedApi(List.of(said(0, SERVER_ERROR + 1), said(1))), EVENTS, "a").deliver();

    assertThat(clock.sleeps()).hasSize(1);
  }

  @Test
  void leavesTheRestPendingWhenItHasToWait() {
    Reply busy = answer(429, "");
    ScriptedApi api = new ScriptedApi(List.of(answer(413, ""), said(1), busy, busy, busy));
    Delivery delivery = delivery(api, EVENTS, "abc");

    Optional<TryLater> wait = delivery.deliver();

    assertThat(wait).map(TryLater::code).contains("429");
    assertThat(Chunks.told(progress.fates())).containsExactly("ok", "-", "-");

    progress.fates().giveUp(new Fate.Open(OpenRows.State.FAILED, "429", "busy"));
    assertThat(Chunks.told(progress.fates())).containsExactly("ok", "FAILED/429", "FAILED/429");
  }

  static Stream<Arguments> doubts() {
    Reply lost = new Reply.Lost("reset");
    Reply busy = answer(429, "");
    return Stream.of(
        arguments("sent again after a lost try", List.of(lost, said(2)), 2, "ok ok"),
        arguments("once for each lost try", List.of(lost, lost, said(2)), 4, "ok ok"),
        arguments("not after one surely not processed", List.of(busy, said(2)), 0, "ok ok"),
        arguments("nor once more after such a one", List.of(lost, busy, said(2)), 2, "ok ok"),
        arguments(
            "a server error after a lost try: one record, once",
            List.of(said(1, "555@2"), lost, said(0, "555@1"), said(1)),
            1,
            "ok ok"),
        arguments(
            "given up, though a try may have brought it: unknown",
            List.of(lost, answer(422, "")),
            2,
            "UNKNOWN/UNKNOWN_OUTCOME UNKNOWN/UNKNOWN_OUTCOME"),
        arguments(
            "too many server errors, but a lost try: unknown",
            List.of(said(1, "555@2"), said(0, "555@1"), said(0, "555@1"), lost, said(0, "555@1")),
            1,
            "ok UNKNOWN/UNKNOWN_OUTCOME"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("doubts")
  void countsEventsThatMayCountTwice(String rule, List<Reply> replies, long again, String fates) {
    ScriptedApi api = new ScriptedApi(replies);

    assertThat(delivery(api, EVENTS, "ab").deliver()).isEmpty();

    assertThat(api.left()).isZero();
    assertThat(progress.counts().recordsSentAgain()).isEqualTo(again);
    assertThat(String.join(" ", Chunks.told(progress.fates()))).isEqualTo(fates);
  }

  @Test
  void needsNoCallForNothing() {
    Delivery delivery = delivery(new ScriptedApi(List.of()), EVENTS, "");

    assertThat(delivery.deliver()).isEmpty();
    assertThat(progress.fates().isWhollyMalformed()).isFalse();
  }

  private Delivery delivery(CleverTapApi api, Sync sync, String users) {
    progress = Progress.start(Chunks.rows(users));
    Caller caller =
        new Caller(
            api,
            new ScriptedConnections(),
            sync,
            clock,
            TimeBudget.unlimited(clock),
            progress.counts(),
            new CallTimes());
    CallNotes notes =
        new CallNotes(
            installation.ledger().job("s", "j").run(1).calls(new ChunkId(0, 0)),
            sync.isEvents(),
            () -> false,
            clock,
            CallNotes.HOLD);
    return new Delivery(sync, caller, progress, notes);
  }
}
