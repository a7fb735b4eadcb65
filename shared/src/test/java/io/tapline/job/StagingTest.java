package io.tapline.job;

import static io.tapline.job.ExportText.users;
import static io.tapline.job.Scene.BUCKET;
import static io.tapline.job.Scene.EVENTS;
import static io.tapline.job.Scene.KEY;
import static io.tapline.job.Scene.PROFILES;
import static io.tapline.job.Scene.SKIPPING;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.aws.ObjectVersion;
import io.tapline.chunk.ChunkId;
import io.tapline.export.DelimitedRow;
import io.tapline.export.Row;
import io.tapline.ledger.Job;
import io.tapline.ledger.Mark;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An export becomes chunks, dealt to lanes. */
class StagingTest {

  private final Scene scene = new Scene();

  @Test
  void dealsRowsToLanesInTheOrderOfTheExport() {
    scene.sync(SKIPPING + ",\"threadCount\":3");
    Job job = scene.open(KEY, users(5000));

    Mark staged = scene.stage(job);

    assertThat(staged.last()).isTrue();
    assertThat(staged.rows()).isEqualTo(5000);
    assertThat(staged.chunks()).hasSize(3);
    int rows = 0;
    for (int lane = 0; lane < 3; lane++) {
      long before = 0;
      for (int number = 0; number < staged.chunks().get(lane); number++) {
        List<Row> chunk = scene.job(job).chunk(new ChunkId(lane, number));
        assertThat(chunk).hasSizeLessThanOrEqualTo(1000);
        rows += chunk.size();
        for (Row row : chunk) {
          assertThat(row.number()).isGreaterThan(before);
          before = row.number();
        }
      }
    }
    assertThat(rows).isEqualTo(5000);
  }

  @Test
  void aChunkHasAThousandRows() {
    scene.sync(SKIPPING + ",\"threadCount\":1");
    Job job = scene.open(KEY, users(2500));

    Mark staged = new Staging(scene.installation()).stage(job, scene.unlimited()).orElseThrow();

    assertThat(staged.chunks()).containsExactly(3);
    assertThat(scene.job(job).chunk(new ChunkId(0, 1))).hasSize(1000);
    assertThat(scene.job(job).chunk(new ChunkId(0, 2))).hasSize(500);
  }

  @Test
  void aChunkHasFourMebibytes() {
    scene.sync(SKIPPING + ",\"threadCount\":1");
    String row = "u," + "x".repeat(1_000_000) + "\n";
    Job job = scene.open(KEY, "identity,text\n" + row.repeat(9));

    assertThat(scene.stage(job).chunks()).containsExactly(3);
    assertThat(scene.job(job).chunk(new ChunkId(0, 0))).hasSize(4);
  }

  @Test
  void readsTheVersionThatArrived() {
    scene.sync(SKIPPING);
    for (String version : List.of("v1", "v2")) {
      scene
          .parts()
          .store()
          .put(
              new ObjectVersion(BUCKET, KEY, version, "\"e\"", 0, scene.parts().clock().instant()),
              ("identity\n" + version + "\n").getBytes(StandardCharsets.UTF_8));
    }
    Arrival arrival = new Arrival(BUCKET, KEY, "v1", "e");
    Job job = ((Opened.Open) new Opening(scene.installation()).open(arrival)).job();

    Mark staged = scene.stage(job);

    int lane = staged.chunks().indexOf(1);
    assertThat(scene.job(job).chunk(new ChunkId(lane, 0)))
        .singleElement()
        .isInstanceOfSatisfying(DelimitedRow.class, row -> assertThat(row.text(0)).isEqualTo("v1"));
  }

  @Test
  void stagingOnceMoreReadsNothing() {
    scene.sync(SKIPPING);
    Job job = scene.open(KEY, users(10));
    Mark staged = scene.stage(job);
    scene.parts().store().delete(BUCKET, KEY);

    assertThat(scene.stage(job)).isEqualTo(staged);
  }

  @Test
  void anExportOfNoRowsIsStaged() {
    scene.sync(PROFILES);
    Job job = scene.open(KEY, "identity\n");

    assertThat(scene.stage(job).rows()).isZero();
    assertThat(scene.job(job).run(1).stop()).isEmpty();
  }

  @Test
  void stagesEvents() {
    scene.sync(EVENTS);
    Job job = scene.open(KEY, "identity,evtName\na,Bought\n");

    assertThat(scene.stage(job).totalChunks()).isEqualTo(1);
  }
}
