package io.tapline.local.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamesTest {

  @Test
  void namesBeyondThoseThatAreKeptAreLookedAtEachTime() {
    Names<Integer> lengths = new Names<>(String::length);

    for (int time = 0; time < 2; time++) {
      assertThat(IntStream.range(0, 3000))
          .allSatisfy(i -> assertThat(lengths.of("n".repeat(i))).isEqualTo(i));
    }
  }
}
