package io.tapline.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.aws.ObjectVersion;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobIdTest {

  private static final Instant AT = Instant.parse("2026-11-24T10:11:12Z");

  private static final String ID = "20261124T101112Z-42ed5ebe31552568";

  /** The hashes were computed with sha256sum. */
  @ParameterizedTest
  @CsvSource({
    "v1, 20261124T101112Z-42ed5ebe31552568, by version id",
    "  , 20261124T101112Z-ec5d218a88f14625, by ETag and last-modified",
  })
  void isDerivedFromTheVersionOfTheObject(String versionId, String id, String rule) {
    assertThat(JobId.of(export("exports/vip.csv.gz", versionId, "\"0123\"", AT)))
        .as(rule)
        .isEqualTo(id);
  }

  @Test
  void differsBetweenVersions() {
    assertThat(
            Stream.of(
                export("exports/vip.csv.gz", "v1", "\"0123\"", AT),
                export("exports/vip.csv.gz", "v2", "\"0123\"", AT),
                export("exports/vip.csv", "v1", "\"0123\"", AT),
                export("exports/vip.csv.gz", null, "\"0123\"", AT),
                export("exports/vip.csv.gz", null, "\"4567\"", AT),
                export("exports/vip.csv.gz", null, "\"0123\"", AT.plusMillis(1))))
        .extracting(JobId::of)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({"1, ''", "2, -2", "12, -12"})
  void aRepeatHasItsNumberAtTheEnd(int n, String ending) {
    assertThat(JobId.repeat(ID, n)).isEqualTo(ID + ending);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "20261124T101112Z-42ed5ebe31552568, 1",
    "20261124T101112Z-42ed5ebe31552568-2, 2",
    "20261124T101112Z-42ed5ebe31552568-10, 10",
  })
  void tellTheirExport(String id, int repeat) {
    assertThat(JobId.export(id)).isEqualTo(ID);
    assertThat(JobId.repeatOf(id)).isEqualTo(repeat);
    assertThat(JobId.lastModified(id)).isEqualTo(AT);
    assertThat(JobId.second(id)).isEqualTo(JobId.second(AT)).isEqualTo("20261124T101112Z");
  }

  @Test
  void goByTimeThenByExportThenAsAskedFor() {
    List<String> inOrder =
        List.of(
            "20261123T101112Z-ffffffffffffffff",
            "20261123T101112Z-ffffffffffffffff-2",
            "20261124T101112Z-0000000000000000",
            "20261124T101112Z-42ed5ebe31552568",
            "20261124T101112Z-42ed5ebe31552568-2",
            "20261124T101112Z-42ed5ebe31552568-9",
            "20261124T101112Z-42ed5ebe31552568-10",
            "20261124T101112Z-42ed5ebe31552568-100",
            "20261124T101112Z-ffffffffffffffff");
    String[] sorted = inOrder.reversed().toArray(String[]::new);

    Arrays.sort(sorted, JobId.ORDER);

    assertThat(sorted).containsExactlyElementsOf(inOrder);
  }

  private static ObjectVersion export(
      String key, String versionId, String etag, Instant lastModified) {
    return new ObjectVersion("bucket", key, versionId, etag, 10, lastModified);
  }
}
