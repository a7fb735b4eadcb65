package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.ledger.OpenRows.State;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.RowCounts;
import io.tapline.record.Rejection;
import io.tapline.report.Report;
import io.tapline.report.Report.Status;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a push does when CleverTap misbehaves. */
class PushFaultsTest {

  private static final int USERS = 500;
  private static final int ROWS_EACH = 20;
  private static final List<String> ROWS = Exports.rows(USERS, ROWS_EACH);

  @TempDir private static Path folder;
  private static TestMachine test;
  private static int pushes;

  @BeforeAll
  static void start() {
    test = new TestMachine(folder.resolve("work"));
  }

  @AfterAll
  static void stop() {
    test.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "too many calls,             '429=0.3'",
    "unavailable,                '503=0.3'",
    "500 before processing,      '500-before=0.2'",
    "500 after processing,       '500-after=0.2'",
    "502 after processing,       '502-after=0.2'",
    "504 after processing,       '504-after=0.2'",
    "reset before processing,    'reset-before=0.2'",
    "reset after processing,     'reset-after=0.2'",
    "server errors of records,   '555=0.02x2'",
    "connections that close,     'close=0.5'",
    "too large,                  '413=#1-3'",
    "a call refused by accident, '400=#2'",
    "replies that do not add up, 'miscount=#1-4'",
    "all at once, '429=0.1,503=0.05,500-after=0.05,reset-after=0.05,reset-before=0.05,555=0.01x2'",
  })
  void everyProfileArrives(String rule, String faults) {
    test.cleverTap(faults);

    Report report = push("USER_PROFILES", "resend");

    assertThat(report.status()).isEqualTo(Status.COMPLETED);
    assertThat(report.rows()).isEqualTo(accepted(ROWS.size()));
    assertThat(new HashSet<>(receivedRows())).isEqualTo(Set.copyOf(ROWS));
    assertThat(report.calls().total()).isEqualTo(test.stats().calls());
    assertThatEachUserEndsWithTheLastRow();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "too many calls,             '429=0.3'",
    "unavailable,                '503=0.3'",
    "server errors of records,   '555=0.02x2'",
    "connections that close,     'close=0.5'",
    "too large,                  '413=#1-3'",
    "a call refused by accident, '400=#2'",
  })
  void everyEventArrivesOnceWhereItsCallSurelyFailed(String rule, String faults) {
    test.cleverTap(faults);

    Report report = push("USER_EVENTS", "hold");

    assertThat(report.rows()).as("%s", report.warnings()).isEqualTo(accepted(ROWS.size()));
    assertThat(report.sentAgainAfterUnknown()).isZero();
    assertThat(receivedRows()).containsExactlyInAnyOrderElementsOf(ROWS);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "500 before processing,   '500-before=#2-4',   false",
    "502 before processing,   '502-before=/3',     false",
    "504 before processing,   '504-before=#1',     false",
    "reset before processing, 'reset-before=0.3',  false",
    "500 after processing,    '500-after=#2-4',    true",
    "502 after processing,    '502-after=/3',      true",
    "504 after processing,    '504-after=0.3',     true",
    "reset after processing,  'reset-after=#1-2',  true",
  })
  void heldEventsAreThoseOfTheLostCalls(String rule, String faults, boolean arrived) {
    test.cleverTap(faults);

    Report report = push("USER_EVENTS", "hold");

    Set<String> held = openRows(report, State.UNKNOWN);
    long lost = test.stats().calls() - test.stats().callsByStatus().get(200);
    assertThat(report.status()).isEqualTo(Status.FAILED);
    assertThat(report.rows().unknown()).isEqualTo(held.size()).isPositive();
    assertThat(report.rows().accepted()).isEqualTo(ROWS.size() - held.size());
    assertThat(report.rows().addUp()).isTrue();
    // A chunk is one call here: it is lost as a whole, and no other row with it.
    assertThat(test.outcomes(report))
        .filteredOn(outcome -> outcome.rows().unknown() > 0)
        .hasSize((int) lost)
        .allSatisfy(
            outcome -> assertThat(outcome.rows().unknown()).isEqualTo(outcome.rows().read()));
    List<String> expected =
        arrived ? ROWS : ROWS.stream().filter(row -> !held.contains(row)).toList();
    assertThat(receivedRows()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "500 before processing,   '500-before=0.2'",
    "500 after processing,    '500-after=0.2'",
    "502 after processing,    '502-after=0.2'",
    "504 after processing,    '504-after=0.2'",
    "reset before processing, 'reset-before=0.2'",
    "reset after processing,  'reset-after=0.2'",
  })
  void noResentEventIsLost(String rule, String faults) {
    test.cleverTap(faults);

    Report report = push("USER_EVENTS", "resend");

    assertThat(report.rows()).isEqualTo(accepted(ROWS.size()));
    List<String> received = receivedRows();
    assertThat(new HashSet<>(received)).isEqualTo(Set.copyOf(ROWS));
    assertThat(report.sentAgainAfterUnknown()).isPositive();
    if (faults.contains("after")) {
      assertThat(received.size() - ROWS.size()).isEqualTo((int) report.sentAgainAfterUnknown());
    } else {
      assertThat(received).hasSameSizeAs(ROWS);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"numbered, 'partial=0.01:523'", "reversed, 'partial=0.01:523,reversed=1'"})
  void refusedRowsAreThoseThatCleverTapNamed(String rule, String faults) {
    test.cleverTap(faults);

    Report report = push("USER_EVENTS", "hold");

    assertThat(report.status()).isEqualTo(Status.COMPLETED_WITH_REJECTIONS);
    assertThat(report.rows().refused())
        .isEqualTo(test.stats().refused().get(523))
        .isEqualTo(ROWS.size() - test.received().size())
        .isPositive();
    Set<String> notReceived = new HashSet<>(ROWS);
    receivedRows().forEach(notReceived::remove);
    assertThat(refusedRows(report)).isEqualTo(notReceived);
  }

  /** Each user once in a call, so that the echoed identity tells the row. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({"USER_PROFILES", "USER_EVENTS"})
  void unnumberedRefusalsAreFoundByTheirUser(String target) {
    test.cleverTap("partial=0.01:523,unnumbered=1");

    Report report = push(target, "hold", 3000, 1);

    assertThat(report.status()).isEqualTo(Status.COMPLETED_WITH_REJECTIONS);
    assertThat(report.rows().refused()).isEqualTo(3000L - test.received().size()).isPositive();
    assertThat(report.rows().accepted()).isEqualTo(test.received().size());
  }

  @Test
  void unclearRefusalsOfProfilesAreLookedForByHalves() {
    test.cleverTap("partial=#7:523,unnumbered=#1-3");

    Report report = push("USER_PROFILES", "hold", 10, 100);

    assertThat(report.rows().addUp()).isTrue();
    assertThat(report.rows().unknown()).isZero();
    assertThat(report.rows().accepted() + report.rows().refused()).isEqualTo(1000);
    Set<Long> refused = refusedNumbers(report);
    assertThat(refused).isNotEmpty();
    List<String> rows = Exports.rows(10, 100);
    Set<String> received = Set.copyOf(receivedRows());
    for (int i = 0; i < rows.size(); i++) {
      assertThat(received.contains(rows.get(i)) || refused.contains(i + 1L)).isTrue();
    }
  }

  @Test
  void eventsOfRepliesThatDoNotAddUpAreUnknownAndNotRepeated() {
    test.cleverTap("miscount=#2");

    Report report = push("USER_EVENTS", "resend");

    assertThat(report.status()).isEqualTo(Status.FAILED);
    assertThat(report.rows().unknown()).isPositive();
    assertThat(report.rows().addUp()).isTrue();
    assertThat(test.outcomes(report))
        .filteredOn(outcome -> outcome.rows().unknown() > 0)
        .singleElement()
        .satisfies(
            outcome -> assertThat(outcome.rows().unknown()).isEqualTo(outcome.rows().read()));
    assertThat(receivedRows()).containsExactlyInAnyOrderElementsOf(ROWS);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"401", "403"})
  void badCredentialsStopTheRun(String status) {
    test.cleverTap(status + "=1");

    Report report = push("USER_EVENTS", "resend");

    assertThat(report.status()).isEqualTo(Status.STOPPED);
    assertThat(report.stopped().code()).isEqualTo("CALLS_FORBIDDEN");
    assertThat(report.rows().notSent()).isEqualTo(ROWS.size());
    assertThat(test.received()).isEmpty();
  }

  private static Report push(String target, String unknownOutcome) {
    return push(target, unknownOutcome, USERS, ROWS_EACH);
  }

  private static Report push(String target, String unknownOutcome, int users, int rowsEach) {
    Path file = folder.resolve(++pushes + ".csv");
    boolean events = target.equals("USER_EVENTS");
    return test.push(
        events ? Exports.events(file, users, rowsEach) : Exports.profiles(file, users, rowsEach),
        "faults-" + pushes,
        """
        {"connection": "stand-in", "prefix": "faults/%d/", "target": "%s", %s "threadCount": 5,
         "skipOnInvalidRecord": true, "unknownOutcome": "%s",
         "retry": {"attempts": 10, "firstDelay": "10ms", "maxDelay": "50ms"}}
        """
            .formatted(pushes, target, events ? "" : Exports.PROFILES, unknownOutcome));
  }

  private static RowCounts accepted(long rows) {
    return new RowCounts(rows, rows, 0, 0, 0, 0, 0);
  }

  private static List<String> receivedRows() {
    return test.received().stream().map(Exports::row).toList();
  }

  /** What a user's profile is in the end is what counts, whatever was sent again before. */
  private static void assertThatEachUserEndsWithTheLastRow() {
    var last =
        test.received().stream()
            .collect(Collectors.toMap(Exports::user, Exports::seq, (earlier, later) -> later));
    assertThat(last.values()).hasSize(USERS).containsOnly(ROWS_EACH - 1);
  }

  private static Set<String> openRows(Report report, State state) {
    return test.outcomes(report).stream()
        .flatMap(outcome -> outcome.open().stream())
        .filter(open -> open.state() == state)
        .flatMap(open -> open.rows().stream())
        .map(PushFaultsTest::row)
        .collect(Collectors.toSet());
  }

  private static Set<String> refusedRows(Report report) {
    return refusedNumbers(report).stream().map(PushFaultsTest::row).collect(Collectors.toSet());
  }

  private static Set<Long> refusedNumbers(Report report) {
    return test.outcomes(report).stream()
        .map(Outcome::rejections)
        .flatMap(List::stream)
        .map(Rejection::row)
        .collect(Collectors.toSet());
  }

  private static String row(long number) {
    return ROWS.get((int) number - 1);
  }
}
