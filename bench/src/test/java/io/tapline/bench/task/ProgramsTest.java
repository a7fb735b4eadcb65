package io.tapline.bench.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.bench.baseline.TreeModelProgram;
import io.tapline.bench.data.FileContent;
import io.tapline.bench.data.GeneratedText;
import io.tapline.bench.data.Shape;
import io.tapline.bench.data.TextForm;
import java.nio.file.Path;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two programs that are compared do the same work. */
class ProgramsTest {

  @TempDir private Path folder;

  @Test
  void makeBatchesOfTheSameRows() throws Exception {
    Path csv = folder.resolve("export.csv");
    FileContent.write(new GeneratedText(Shape.PROFILES, TextForm.CSV, 2_500), csv, false);
    TreeModelProgram program = new TreeModelProgram();
    BatchProgram tapline = new BatchProgram();
    BatchProgram twice = new BatchProgram();

    assertThat(program.run(csv)).isEqualTo(2_500);
    assertThat(tapline.run(csv)).isEqualTo(2_500);
    assertThat(twice.runOnTwoThreads(csv)).isEqualTo(2_500);
    assertThat(twice.bytes()).isEqualTo(tapline.bytes());
    // Numbers may be written in different ways, such as 5 and 5.0.
    assertThat(program.bytes()).isCloseTo(tapline.bytes(), Percentage.withPercentage(1));
  }
}
