package io.tapline.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapline.aws.Clock;
import io.tapline.aws.MemoryObjectStore;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.TimeBudget;
import io.tapline.job.Installation;
import io.tapline.job.MemoryInstallation;
import io.tapline.job.Staging;
import io.tapline.ledger.Job;
import io.tapline.ledger.Mark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a small gz object inflates to is never held: it is staged in a heap smaller than that. */
class GzBombMemoryTest {

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a line of 400 MB,        x,           400000000, 1",
    "20000 empty members,     '',          20000,     0",
    "a million good rows,     'u,Pune\n',  1000000,   1000000",
    "a million bad rows,     'x\n',       1000000,   1000000"
  })
  void isStagedInAFixedHeap(String rule, String text, int times, long rows) throws Exception {
    try (ChildCommand staging =
        ChildCommand.java(
            folder,
            Map.of(),
            List.of("-Xmx128m"),
            GzBombMemoryTest.class.getName(),
            text,
            Integer.toString(times))) {
      assertThat(staging.exitCode()).as(staging.output()).isZero();
      assertThat(staging.output()).contains("rows " + (rows + 1) + " ");
    }
  }

  /** Stages a header, a row, and a text so many times, and prints how many rows that is. */
  public static void main(String[] args) throws Exception {
    MemoryInstallation parts = new MemoryInstallation();
    MemoryObjectStore store = parts.store();
    store.put("exports", "bomb.csv.gz", bomb(args[0], Integer.parseInt(args[1])));
    ObjectVersion export = store.head("exports", "bomb.csv.gz", null).orElseThrow();
    Installation installation =
        parts.with(
            (connection, path, json, timeout) -> {
              throw new UnsupportedOperationException();
            });
    Job job =
        new Job(
            "20261124T120000Z-0000000000000000",
            "bomb",
            export,
            new ObjectMapper()
                .readTree(
                    """
                    {"connection": "none", "prefix": "exports/", "target": "USER_PROFILES",
                     "operation": "UPLOAD_USER_PROFILES", "skipOnInvalidRecord": true}
                    """),
            5,
            Clock.system().instant());
    Mark staged =
        new Staging(installation).stage(job, TimeBudget.unlimited(Clock.system())).orElseThrow();
    System.out.println("rows " + staged.rows() + " of " + export.size() + " bytes");
  }

  private static byte[] bomb(String text, int times) throws IOException {
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    byte[] header = "identity,city\nu,Pune\n".getBytes(US_ASCII);
    if (text.isEmpty()) {
      for (int i = 0; i < times; i++) {
        try (GZIPOutputStream empty = new GZIPOutputStream(object, 32)) {
          empty.finish();
        }
      }
    }
    try (GZIPOutputStream packed = new GZIPOutputStream(object, 1 << 16)) {
      packed.write(header);
      byte[] block = text.repeat(1000).getBytes(US_ASCII);
      for (int i = 0; i < times && block.length > 0; i += 1000) {
        packed.write(block);
      }
    }
    return object.toByteArray();
  }
}
