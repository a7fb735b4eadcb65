package io.tapline.local.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final Stage STAGE =
      () -> new Look("pushing", 1, 2, List.of("1 of 2 rows in full", "1/2"));

  private final StringWriter written = new StringWriter();
  private final PrintWriter out = new PrintWriter(written);

  @Test
  void tellsTheFullFiguresInALineWhereThereIsNoTerminal() {
    try (Progress progress = new Progress(out, null)) {
      progress.say("staged");
      progress.show(STAGE);
      progress.tick();
      progress.hide();
      progress.tick();
      progress.say("done");
    }

    assertThat(written.toString().lines())
        .containsExactly("staged", "pushing: 1 of 2 rows in full", "done");
  }

  @Test
  void keepsWhatIsSaidAboveTheBar() {
    try (Progress progress = new Progress(out, () -> 30)) {
      progress.show(STAGE);
      progress.tick();
      progress.say("waiting");
      progress.tick();
    }

    assertThat(written.toString())
        .contains("\r\033[Kpushing  50% [====>   ] 1/2")
        .contains("\r\033[Kwaiting" + System.lineSeparator())
        .endsWith("\r\033[K");
  }

  @Test
  void drawsNoLineThatATerminalWouldBreak() {
    int[] width = {80};
    try (Progress progress = new Progress(out, () -> width[0])) {
      progress.show(STAGE);
      for (width[0] = 80; width[0] > 0; width[0]--) {
        written.getBuffer().setLength(0);
        progress.tick();
        assertThat(written.toString().split("\r\033\\[K"))
            .allMatch(line -> line.length() < width[0]);
      }
    }
  }
}
