package io.tapline.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapline.aws.LoopbackAws;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectVersion;
import io.tapline.sync.ColumnType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTest {

  private static final Instant AT = Instant.parse("2026-11-24T10:11:12.345Z");
  private static final String OLD = "20261123T000000Z-0123456789abcdef";
  private static final String ID = "20261124T000000Z-0123456789abcdef";
  private static final String NEW = "20261125T000000Z-0123456789abcdef";

  private final ObjectStore store = LoopbackAws.store();
  private final String bucket = LoopbackAws.newBucket();
  private final Ledger ledger = new Ledger(store, bucket);

  @Test
  void findsTheFilesOfAllSyncs() {
    ledger.putSyncFile("vip", bytes("old"));
    ledger.putSyncFile("vip", bytes("{}"));
    ledger.putSyncFile("a.b", bytes("broken"));
    store.put(bucket, "syncs/README.md", bytes("no sync"));

    assertThat(ledger.syncFiles())
        .containsOnly(Map.entry("vip", bytes("{}")), Map.entry("a.b", bytes("broken")));
  }

  @Test
  void anExportIsTakenOnce() {
    Claim claim = new Claim("vip", "exports", "vip/a.csv", null, AT);
    assertThat(ledger.claim(ID)).isEmpty();

    assertThat(ledger.putClaim(ID, claim)).isTrue();
    assertThat(ledger.putClaim(ID, new Claim("other", "exports", "vip/a.csv", null, AT))).isFalse();

    assertThat(ledger.claim(ID)).hasValue(claim);
    assertThat(ledger.claim(JobId.repeat(ID, 2))).as("a repeat has its own claim").isEmpty();
  }

  @Test
  void claimsAreListedFromASecondOn() {
    for (String id : List.of(OLD, ID, JobId.repeat(ID, 2), NEW)) {
      ledger.putClaim(id, new Claim("vip", "exports", "vip/a.csv", "v1", AT));
    }

    assertThat(ledger.claimed(Instant.parse("2026-11-24T00:00:00.999Z")))
        .containsExactly(ID, JobId.repeat(ID, 2), NEW);
    assertThat(ledger.claimed(Instant.parse("2026-11-25T00:00:01Z"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"vip, ..", "vip, ../../claims/x", "../claims, x", "vip, a/b", "vip, ''", "'', x"})
  void aNameThatLeavesItsFolderIsNone(String sync, String job) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ledger.job(sync, job))
        .withMessageStartingWith("the names of a sync and of a job must be 1 to 64 letters");
  }

  @Test
  void openRunsAreListedInTheOrderOfTheirJobs() {
    OpenRun tenth = new OpenRun("vip", JobId.repeat(ID, 10), 1);
    OpenRun second = new OpenRun("vip", JobId.repeat(ID, 2), 1);
    OpenRun older = new OpenRun("vip", OLD, 2);
    OpenRun newer = new OpenRun("vip", NEW, 1);
    OpenRun ofAnotherSync = new OpenRun("vip2", ID, 1);
    for (OpenRun run : new OpenRun[] {tenth, newer, ofAnotherSync, second, older, older}) {
      ledger.putOpen(run);
    }

    assertThat(ledger.openRuns()).containsExactly(older, ofAnotherSync, second, tenth, newer);
    assertThat(ledger.openRuns(job("vip", ID))).containsExactly(older, second, tenth, newer);
  }

  @Test
  void aRunIsOpenUntilItsMarkerIsDeleted() {
    OpenRun run = new OpenRun("vip", ID, 1);
    assertThat(ledger.isOpen(run)).isFalse();
    ledger.putOpen(run);
    assertThat(ledger.isOpen(run)).isTrue();
    assertThat(ledger.isOpen(new OpenRun("vip", ID, 2))).isFalse();
    assertThat(ledger.openSince(run))
        .hasValueSatisfying(
            since -> assertThat(since).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES)));

    ledger.deleteOpen(run);
    ledger.deleteOpen(run);

    assertThat(ledger.isOpen(run)).isFalse();
    assertThat(ledger.openSince(run)).isEmpty();
    assertThat(ledger.openRuns()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "20261124T000000Z-0123456789abcdef,    20261125T000000Z-0123456789abcdef,    true,  newer",
    "20261124T000000Z-0123456789abcdef,    20261123T000000Z-0123456789abcdef,    false, older",
    "20261124T000000Z-0123456789abcdef,    20261124T000000Z-0123456789abcdef,    false, itself",
    "20261124T000000Z-0123456789abcdef,    20261124T000000Z-0123456789abcdee,    false, by hash",
    "20261124T000000Z-0123456789abcdef,    20261124T000000Z-0123456789abcdef-2,  true,  a repeat",
    "20261124T000000Z-0123456789abcdef-2,  20261124T000000Z-0123456789abcdef,    false, the first",
    "20261124T000000Z-0123456789abcdef-2,  20261124T000000Z-0123456789abcdef-10, true,  the tenth",
    "20261124T000000Z-0123456789abcdef-10, 20261124T000000Z-0123456789abcdef-9,  false, the ninth",
    "20261124T000000Z-0123456789abcdef-10, 20261124T000000Z-0123456789abcdef-11, true,  the next",
  })
  void aJobIsOvertakenByANewerOneThatWasReleased(
      String id, String released, boolean overtaken, String rule) {
    Job job = job("vip", id);
    ledger.job("vip", released).putJob(job("vip", released));
    assertThat(ledger.isOvertaken(job)).as("opened only").isFalse();

    ledger.job("vip", released).run(1).putReleasing(0);

    assertThat(ledger.isOvertaken(job)).as(rule).isEqualTo(overtaken);
    assertThat(ledger.isOvertaken(job("vip2", id))).as("another sync").isFalse();
  }

  @Test
  void learnedTypesAreReadBack() {
    assertThat(ledger.learnedTypes("vip")).isEqualTo(LearnedTypes.NONE);
    for (int i = 0; i < 11; i++) {
      LearnedTypes next = ledger.learnedTypes("vip").next(Map.of("Column" + i, ColumnType.DATE));
      assertThat(ledger.putLearnedTypes("vip", next)).isTrue();
    }

    assertThat(ledger.learnedTypes("vip"))
        .isEqualTo(new LearnedTypes(10, Map.of("Column10", ColumnType.DATE)));
    assertThat(ledger.learnedTypes("vip2")).isEqualTo(LearnedTypes.NONE);
  }

  @Test
  void ofTwoThatLearnFromTheSameStateOneMustDecideAgain() {
    LearnedTypes before = ledger.learnedTypes("vip");
    LearnedTypes first = before.next(Map.of("Zip", ColumnType.NUMBER));

    assertThat(ledger.putLearnedTypes("vip", first)).isTrue();
    assertThat(ledger.putLearnedTypes("vip", before.next(Map.of("Zip", ColumnType.STRING))))
        .isFalse();

    assertThat(ledger.learnedTypes("vip")).isEqualTo(first);
  }

  private static Job job(String sync, String id) {
    return new Job(
        id,
        sync,
        new ObjectVersion("exports", "vip/a.csv", null, "\"e\"", 1, AT),
        new ObjectMapper().createObjectNode(),
        5,
        AT);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
