package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GivenCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a plain word | faults=429:#1 | ~'faults=429:#1'~",
        "a path       | target/a-b_c.csv.gz | target/a-b_c.csv.gz",
        "a space      | my file.csv | ~'my file.csv'~",
        "a quote      | ~it's.csv~ | ~'it'\\''s.csv'~",
        "a command    | $(ls) | ~'$(ls)'~",
        "other script | Köln.csv | ~'Köln.csv'~",
        "nothing      | ~~ | ~''~",
      })
  void quotesForAShell(String rule, String argument, String word) {
    assertThat(GivenCommand.of(List.of("push", argument))).isEqualTo("tapline push " + word);
  }
}
