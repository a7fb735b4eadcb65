package io.tapline.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No row is lost or wrongly doubled and every report adds up, whatever fails. */
class ChaosTest {

  /** Each target twice; with 26 kinds this is 468 runs. */
  private static final int RUNS_OF_EACH_KIND = 18;

  @ParameterizedTest
  @EnumSource
  void keepsWhatIsPromised(Kind kind) {
    List<String> broken =
        LongStream.range(0, RUNS_OF_EACH_KIND)
            .map(round -> round * Kind.values().length + kind.ordinal())
            .parallel()
            .mapToObj(ChaosTest::problemsOf)
            .flatMap(List::stream)
            .toList();

    assertThat(broken).isEmpty();
  }

  private static List<String> problemsOf(long seed) {
    ChaosRun run = ChaosRun.of(seed);
    return run.play().problems().stream()
        .limit(3)
        .map(problem -> "seed %d, %s: %s".formatted(seed, run.target(), problem))
        .toList();
  }
}
