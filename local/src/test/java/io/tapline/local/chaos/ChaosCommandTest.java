package io.tapline.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ChaosCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void tellsWhatWasFoundByKind() {
    assertThat(run("--runs", "3")).isZero();

    assertThat(out.toString().lines()).hasSize(4);
    assertThat(out.toString()).contains("fault", Kind.CALM.title(), Kind.BUSY.title());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void printsATableForThePage() {
    assertThat(run("--runs", "1", "--seed", Integer.toString(Kind.values().length), "--markdown"))
        .isZero();

    assertThat(out.toString())
        .matches("(?s)\\| fault \\|.*\\|---.*\\| none \\| 1 \\| [0-9,]+ \\| 0 .*");
  }

  @Test
  void wantsARun() {
    assertThat(run("--runs", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--runs is 0; it must be at least 1");
  }

  @Test
  void tellsHowABrokenPromiseIsPlayedAlone() {
    ChaosTable table = new ChaosTable();
    table.add(Kind.CALM, new Findings(10, 1, 0, 0, 1, java.util.List.of("row 3 is lost")));

    assertThat(table.toText()).containsPattern("none +1 +10 +1 +0 +0 +1");
  }

  private int run(String... arguments) {
    return new CommandLine(new ChaosCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
