package io.tapline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.ForwardingStore;
import io.tapline.aws.Page;
import io.tapline.chunk.ChunkId;
import io.tapline.clevertap.ListFile;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.Part;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.RunLedger;
import io.tapline.ledger.SegmentEnd;
import io.tapline.ledger.Stop;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListPartsTest {

  private static final int HEADER = "Type,Identity\n".length();

  private final ListScene scene = new ListScene(true);

  @Test
  void areInTheOrderOfLaneAndNumber() throws IOException {
    for (int number = 0; number < 11; number++) {
      for (int lane = 10; lane >= 0; lane--) {
        scene.chunk(lane, "i,%d-%d\n".formatted(lane, number));
      }
    }

    ListFile file = parts(1).file(scene.ledger());

    String text = text(file);
    assertThat(text.length()).isEqualTo(file.size());
    assertThat(text.lines())
        .hasSize(1 + 121)
        .startsWith("Type,Identity", "i,0-0", "i,0-1", "i,0-2")
        .endsWith("i,10-9", "i,10-10");
    assertThat(text(file)).as("read once more").isEqualTo(text);
  }

  @Test
  void leaveOutChunksWithoutAGoodRow() throws IOException {
    scene.chunk(0, "i,a\n");
    scene.outcome(0, new RowCounts(2, 0, 2, 0, 0, 0, 0));
    scene.chunk(0, "i,b\n");

    assertThat(text(parts(1).file(scene.ledger()))).isEqualTo("Type,Identity\ni,a\ni,b\n");
    assertThat(parts(1).obstacle("VIPs")).isEmpty();
  }

  @Test
  void areThoseOfALaterRunWhereItTookUpAChunk() throws IOException {
    scene.chunk(0, "i,a\n");
    scene.outcome(0, new RowCounts(2, 0, 0, 0, 2, 0, 0));
    assertThat(parts(1).open()).isEqualTo(2);
    assertThat(parts(2).open()).as("the second run has not begun").isEqualTo(2);

    byte[] csv = "i,b\ni,c\n".getBytes(StandardCharsets.UTF_8);
    ChunkId chunk = new ChunkId(0, 1);
    RunLedger second = scene.ledger().run(2);
    second.putPart(chunk, csv);
    second.putOutcome(
        new Outcome(
            0,
            1,
            new RowCounts(2, 0, 0, 0, 0, 0, 0),
            List.of(),
            List.of(),
            0,
            0,
            0,
            0,
            Instant.EPOCH,
            Instant.EPOCH,
            null,
            new Part(2, csv.length)));

    assertThat(parts(2).open()).isZero();
    assertThat(text(parts(2).file(scene.ledger()))).isEqualTo("Type,Identity\ni,a\ni,b\ni,c\n");
  }

  @Test
  void countRowsOfNoOutcomeAsOpen() {
    scene.chunk(0, "i,a\n");
    scene.chunk(0, "i,b\n");
    ListParts first =
        ListParts.of(
            new Ledger(
                    new ForwardingStore(scene.parts().store()) {
                      @Override
                      public Page<String> list(String bucket, String prefix, String after) {
                        return new Page<>(
                            super.list(bucket, prefix, after).items().stream()
                                .filter(key -> !key.endsWith("0-1.json"))
                                .toList(),
                            null);
                      }
                    },
                    MemoryInstallation.WORK_BUCKET)
                .job(ListScene.SYNC, ListScene.JOB),
            1,
            scene.staged());

    assertThat(first.open()).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0} bytes: {1}")
  @CsvSource({"5000000000, ''", "5000000001, LIST_TOO_LARGE"})
  void areFiveGigabytesAtMost(long size, String code) {
    long part = 4_000_000;
    long rest = size - HEADER;
    List<ListParts.Located> parts =
        IntStream.rangeClosed(0, (int) (rest / part))
            .mapToObj(i -> located(i, Math.min(part, rest - i * part)))
            .toList();
    ListParts list = new ListParts(parts, 0);

    assertThat(list.size()).isEqualTo(size);
    assertThat(list.obstacle("VIPs").map(SegmentEnd::stop).map(Stop::code).orElse(""))
        .isEqualTo(code);
  }

  /** As large as a list may be, made up as it is read; of it only a few parts exist at a time. */
  @Test
  void streamInBoundedMemory() throws IOException {
    byte[] part = new byte[4_000_000];
    Arrays.fill(part, (byte) 'i');
    AtomicLong fetched = new AtomicLong();
    ForwardingStore store =
        new ForwardingStore(scene.parts().store()) {
          @Override
          public Optional<byte[]> get(String bucket, String key) {
            fetched.addAndGet(part.length);
            return Optional.of(part);
          }
        };
    ListParts list =
        new ListParts(IntStream.range(0, 1249).mapToObj(i -> located(i, part.length)).toList(), 0);
    ListFile file =
        list.file(
            new Ledger(store, MemoryInstallation.WORK_BUCKET).job(ListScene.SYNC, ListScene.JOB));

    long read = 0;
    byte[] buffer = new byte[1 << 20];
    try (InputStream content = file.open()) {
      for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
        read += count;
        assertThat(fetched.get() - read).isLessThanOrEqualTo(5L * part.length);
      }
    }

    assertThat(read).isEqualTo(file.size()).isEqualTo(1249L * part.length + HEADER);
  }

  @Test
  void tellAPartThatIsAmiss() {
    scene.chunk(0, "i,a\n");
    ListFile file = parts(1).file(scene.ledger());
    scene.run().putPart(new ChunkId(0, 0), new byte[0]);

    assertThatThrownBy(() -> text(file))
        .isInstanceOf(IllegalStateException.class)
        .rootCause()
        .hasMessage("part 0-0 of run 1 has 0 bytes; its outcome says 4");
  }

  @Test
  void tellAPartThatIsGone() {
    ListFile file = new ListParts(List.of(located(3, 4)), 0).file(scene.ledger());

    assertThatThrownBy(() -> text(file))
        .isInstanceOf(IllegalStateException.class)
        .rootCause()
        .hasMessageEndingWith("/runs/1/parts/0-3.csv");
  }

  @Test
  void canBeReadByteByByte() throws IOException {
    scene.chunk(0, "i,é\n");

    try (InputStream content = parts(1).file(scene.ledger()).open()) {
      byte[] bytes = new byte[64];
      int length = 0;
      for (int b = content.read(); b >= 0; b = content.read()) {
        bytes[length++] = (byte) b;
      }
      assertThat(new String(bytes, 0, length, StandardCharsets.UTF_8))
          .isEqualTo("Type,Identity\ni,é\n");
      assertThat(content.read(bytes, 0, 0)).isZero();
    }
  }

  private ListParts parts(int run) {
    return ListParts.of(scene.ledger(), run, scene.staged());
  }

  private static ListParts.Located located(int number, long bytes) {
    return new ListParts.Located(1, new ChunkId(0, number), new Part(1, bytes));
  }

  private static String text(ListFile file) throws IOException {
    try (InputStream content = file.open()) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
