package io.tapline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestKeyTest {

  @ParameterizedTest
  @CsvSource({
    "another case,      threadcount,   threadCount",
    "one left out,      threadCont,    threadCount",
    "one too many,      prefixx,       prefix",
    "one replaced,      prafix,        prefix",
    "two swapped,       perfix,        prefix",
    "three edits,       thrdCnt,       ",
    "the nearer of two, sinc,          since",
    "much longer,       prefixprefix,  ",
  })
  void suggests(String rule, String key, String nearest) {
    assertThat(NearestKey.to(key, List.of("threadCount", "prefix", "sinceX", "since")).orElse(null))
        .as(rule)
        .isEqualTo(nearest);
  }
}
