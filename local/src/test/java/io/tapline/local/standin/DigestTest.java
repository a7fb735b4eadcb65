package io.tapline.local.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "order of keys,       '{\"a\":1,\"b\":\"x\"}', '{\"b\":\"x\",\"a\":1}', true",
    "order of items,      '[1,2]',                 '[2,1]',                 false",
    "values swapped,      '{\"a\":1,\"b\":2}',     '{\"a\":2,\"b\":1}',     false",
    "text and number,     '{\"a\":\"1\"}',         '{\"a\":1}',             false",
    "null and no key,     '{\"a\":null}',          '{}',                    false",
    "nested,              '{\"a\":{\"b\":1}}',     '{\"a\":{\"b\":2}}',     false",
    "nothing and nothing, '{}',                    '[]',                    false",
  })
  void tellsContent(String rule, String one, String other, boolean same) {
    assertThat(Digest.of(Caller.json(one)) == Digest.of(Caller.json(other))).isEqualTo(same);
  }

  @Test
  void recordsThatDifferInTwoValuesDoNotShareOne() {
    Set<Long> digests = new HashSet<>();
    for (int user = 0; user < 100; user++) {
      for (int seq = 0; seq < 100; seq++) {
        digests.add(
            Digest.of(Caller.json("{\"identity\":\"u-%d\",\"seq\":%d}".formatted(user, seq))));
      }
    }
    assertThat(digests).hasSize(100 * 100);
  }
}
