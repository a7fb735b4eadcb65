package io.tapline.splitter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapline.aws.ForwardingStore;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectVersion;
import io.tapline.function.TestContext;
import io.tapline.job.Installation;
import io.tapline.job.MemoryInstallation;
import io.tapline.job.Release;
import io.tapline.job.Staging;
import io.tapline.ledger.Ledger;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An export that is staged by one invocation, and by one invocation for each mark, leaves the same
 * ledger, byte for byte but for who wrote when.
 */
class HandoverTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String BUCKET = "exports";
  private static final int A_MINUTE = 60_000;
  private static final int ROWS = 40;
  private static final int SEEDS = 4;

  private static final String SYNC =
      """
      {"connection": "prod", "prefix": "vip/", "target": "USER_PROFILES",
       "operation": "UPLOAD_USER_PROFILES", "threadCount": 3,
       "skipOnInvalidRecord": true, "maxInvalidRecords": "99%"}
      """;

  /** Values that a mark may fall beside or a gz member may begin within. */
  private static final String[] VALUES = {
    "",
    "7",
    "plain",
    "\"a, b\"",
    "\"two\nlines\r\n\"\"quoted\"\"\"",
    "é€😀",
    "\"名前\n😀\"",
    "\"[\"\"x\"\"]\""
  };

  @ParameterizedTest(name = "{0}, {1} gz members, {2} rows a mark")
  @CsvSource({
    "vip/a.csv, 0, 1",
    "vip/a.csv, 0, 7",
    "vip/a.csv.gz, 1, 1",
    "vip/a.csv.gz, 1, 7",
    "vip/a.csv.gz, 9, 1",
    "vip/a.csv.gz, 60, 3",
    "vip/a.jsonl, 0, 1",
    "vip/a.jsonl.gz, 1, 3",
    "vip/a.jsonl.gz, 20, 1",
  })
  void aHandoverAfterEachMarkChangesNothing(String key, int members, int rowsPerMark)
      throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      byte[] export = export(key, members, new Random(seed));
      Machine whole = new Machine(key, export, rowsPerMark, Duration.ZERO);
      Machine handing = new Machine(key, export, rowsPerMark, Duration.ofHours(1));

      assertThat(whole.split()).isEqualTo(1);
      assertThat(handing.split()).as("seed %d", seed).isEqualTo(1 + ROWS / rowsPerMark);

      assertThat(handing.ledger()).as("seed %d", seed).isEqualTo(whole.ledger());
    }
  }

  private static byte[] export(String key, int members, Random random) throws IOException {
    StringBuilder text = new StringBuilder(key.contains(".csv") ? "identity,a,b\n" : "");
    for (int row = 0; row < ROWS; row++) {
      text.append(
          key.contains(".csv")
              ? "u%d,%s,%s%s"
                  .formatted(
                      random.nextInt(9),
                      VALUES[random.nextInt(VALUES.length)],
                      VALUES[random.nextInt(VALUES.length)],
                      random.nextInt(9) == 0 ? ",one too many\n" : "\n")
              : "{\"identity\":\"u%d\",\"名\":%s}\n"
                  .formatted(
                      random.nextInt(9), random.nextBoolean() ? random.nextInt(9) : "\"é😀\""));
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    return members == 0 ? bytes : gzip(bytes, members, random);
  }

  /** So many members, cut at any byte. */
  private static byte[] gzip(byte[] text, int members, Random random) throws IOException {
    int[] ends = random.ints(members, 0, text.length).sorted().toArray();
    ends[members - 1] = text.length;
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    int start = 0;
    for (int end : ends) {
      try (GZIPOutputStream gz = new GZIPOutputStream(object)) {
        gz.write(Arrays.copyOfRange(text, start, end));
      }
      start = end;
    }
    return object.toByteArray();
  }

  /** An installation with one export, whose clock jumps ahead after each mark. */
  private static final class Machine {

    private final MemoryInstallation parts = new MemoryInstallation();
    private final Deque<byte[]> events = new ArrayDeque<>();
    private final SplitterHandler splitter;

    Machine(String key, byte[] export, int rowsPerMark, Duration jump) {
      Installation memory =
          parts.with(
              (connection, path, json, timeout) -> {
                throw new AssertionError("the splitter calls nobody");
              });
      ObjectStore store =
          new ForwardingStore(parts.store()) {
            @Override
            public boolean putIfAbsent(String bucket, String name, byte[] content) {
              boolean isPut = super.putIfAbsent(bucket, name, content);
              if (name.contains("/staging/")) {
                parts.clock().sleep(jump);
              }
              return isPut;
            }
          };
      Installation installation =
          new Installation(
              store,
              new Ledger(store, MemoryInstallation.WORK_BUCKET),
              memory.queue(),
              memory.connections(),
              memory.cleverTap(),
              memory.clock());
      splitter =
          new SplitterHandler(
              "test",
              installation,
              BUCKET,
              (function, event) -> events.add(event),
              new Staging(installation, rowsPerMark),
              new Release(installation));
      parts.ledger().putSyncFile("vip", SYNC.getBytes(UTF_8));
      parts
          .store()
          .put(
              new ObjectVersion(
                  BUCKET, key, "v1", "\"e\"", 0, Instant.parse("2026-11-24T10:15:00Z")),
              export);
      events.add(
          """
          {"source": "aws.s3", "detail-type": "Object Created", "detail":
           {"bucket": {"name": "%s"}, "object": {"key": "%s", "version-id": "v1"}}}
          """
              .formatted(BUCKET, key)
              .getBytes(UTF_8));
    }

    /**
     * Lets the splitter at the export until nobody hands over any more: how often it is invoked.
     */
    int split() throws IOException {
      int invocations = 0;
      while (!events.isEmpty()) {
        splitter.handleRequest(
            new ByteArrayInputStream(events.remove()),
            OutputStream.nullOutputStream(),
            new TestContext(A_MINUTE));
        invocations++;
      }
      return invocations;
    }

    /** All objects of the work bucket, without who wrote them and when; chunks by their bytes. */
    Map<String, Object> ledger() throws IOException {
      Map<String, Object> objects = new TreeMap<>();
      List<String> keys =
          new ArrayList<>(parts.store().list(MemoryInstallation.WORK_BUCKET, "", null).items());
      for (String key : keys) {
        byte[] content = parts.store().get(MemoryInstallation.WORK_BUCKET, key).orElseThrow();
        if (content.length > 0 && content[0] == '{') {
          JsonNode json = JSON.readTree(content);
          ((ObjectNode) json).remove(List.of("writer", "at", "openedAt"));
          objects.put(key, json);
        } else {
          objects.put(key, HexFormat.of().formatHex(content));
        }
      }
      assertThat(objects.keySet()).anyMatch(key -> key.contains("/chunks/"));
      assertThat(objects.keySet()).anyMatch(key -> key.contains("/released/"));
      return objects;
    }
  }
}
