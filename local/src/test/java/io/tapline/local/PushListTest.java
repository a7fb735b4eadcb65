package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.ledger.RowCounts;
import io.tapline.ledger.Stop;
import io.tapline.local.standin.Segment;
import io.tapline.report.Report;
import io.tapline.report.Report.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A custom list from its export to the segment that CleverTap makes of it. */
class PushListTest {

  private static final int ROWS = 2_500;

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
    "nothing goes wrong, ''",
    "each step goes wrong once,"
        + " 'segment-url:503=#1,segment-put:403=#1,segment-complete:429=#1'",
  })
  void becomesOneSegmentOfAllRows(String rule, String faults) throws IOException {
    test.cleverTap(faults);

    Report report = push(list(), "CREATE_NEW_SEGMENT");

    assertThat(report.status()).isEqualTo(Status.COMPLETED_WITH_REJECTIONS);
    assertThat(report.rows()).isEqualTo(new RowCounts(ROWS + 1, ROWS, 1, 0, 0, 0, 0));
    assertThat(test.segments()).hasSize(1);
    Segment segment = test.segments().getFirst();
    assertThat(segment.isValid()).as(segment.problem()).isTrue();
    assertThat(report.segment())
        .isEqualTo(new Report.Segment(segment.id(), "VIPs", "CREATE_NEW_SEGMENT"));
    assertThat(Files.readAllLines(segment.file()))
        .startsWith("Type,Identity")
        .hasSize(1 + ROWS)
        .containsAll(members().map(member -> member.replace(",x", "")).toList());
    assertThat(report.calls().total()).isEqualTo(test.stats().calls());
  }

  @Test
  void replacesASegment() throws IOException {
    test.cleverTap("", options -> options.existingSegments(Set.of("VIPs")));

    Report report = push(list(), "UPDATE_EXISTING_SEGMENT");

    assertThat(report.rows().accepted()).isEqualTo(ROWS);
    assertThat(test.segments()).extracting(Segment::replaced).containsExactly(true);
  }

  @Test
  void leavesAGoodSegmentAloneWhenAllRowsAreBad() throws IOException {
    test.cleverTap("", options -> options.existingSegments(Set.of("VIPs")));

    Report report = push("type,identity\nx,a\ni,none\n", "UPDATE_EXISTING_SEGMENT");

    assertThat(report.status()).isEqualTo(Status.STOPPED);
    assertThat(report.stopped()).extracting(Stop::code).isEqualTo("EMPTY_LIST");
    assertThat(report.rows()).isEqualTo(new RowCounts(2, 0, 2, 0, 0, 0, 0));
    assertThat(test.stats().calls()).isZero();
  }

  @Test
  void isNotRepeatedWhereThatCouldMakeASecondSegment() throws IOException {
    test.cleverTap("segment-complete:reset-after=#1");

    Report report = push(list(), "CREATE_NEW_SEGMENT");

    assertThat(report.status()).isEqualTo(Status.FAILED);
    assertThat(report.rows()).isEqualTo(new RowCounts(ROWS + 1, 0, 1, 0, 0, ROWS, 0));
    assertThat(test.segments()).hasSize(1);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "CREATE_NEW_SEGMENT, one of that name exists, FAILED, VIPs, admin@example.com",
    "UPDATE_EXISTING_SEGMENT, none of that name exists, FAILED, Others, admin@example.com",
    "CREATE_NEW_SEGMENT, the user is no admin, STOPPED, Others, other@example.com",
  })
  void tellsWhyCleverTapRefusesIt(
      String mode, String rule, Status status, String existing, String admin) throws IOException {
    test.cleverTap("", options -> options.existingSegments(Set.of(existing)).admins(Set.of(admin)));

    Report report = push(list(), mode);

    assertThat(report.status()).isEqualTo(status);
    assertThat(report.rows().failed() + report.rows().notSent()).isEqualTo(ROWS);
    assertThat(test.segments()).isEmpty();
  }

  /** Good rows and a bad one. */
  private static String list() {
    return Stream.concat(members(), Stream.of("x,somebody,x"))
        .collect(Collectors.joining("\n", "type,identity,ignored\n", "\n"));
  }

  private static Stream<String> members() {
    return IntStream.range(0, ROWS).mapToObj(i -> (i % 3 == 0 ? "g" : "i") + ",user-" + i + ",x");
  }

  private static Report push(String csv, String mode) throws IOException {
    String name = "list-" + pushes++;
    Path export = Files.writeString(folder.resolve(name + ".csv"), csv);
    return test.push(
        export,
        name,
        """
        {"connection": "stand-in", "prefix": "%s/", "target": "CUSTOM_LIST", "threadCount": 3,
         "skipOnInvalidRecord": true,
         "customList": {"name": "VIPs", "userEmail": "admin@example.com", "mode": "%s"}}
        """
            .formatted(name, mode));
  }
}
