package io.tapline.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NameRulesTest {

  /** CleverTap's characters, then those that only the connector forbids. */
  @ParameterizedTest
  @ValueSource(strings = {"%", ">", "<", "!", "|", "&", ".", ":", ";", "$", "'", "\"", "\\", ","})
  void refusesACharacterInAnyName(String character) {
    String name = "a" + character + "b";

    assertThat(NameRules.check(name, name))
        .isInstanceOfSatisfying(
            ColumnProblem.class,
            problem -> {
              assertThat(problem.code()).isEqualTo("FORBIDDEN_COLUMN_NAME");
              assertThat(problem.reason()).contains("has the character " + character + " in");
            });
    assertThat(Fixture.told(Fixture.events().map(List.of("evtName", "identity"), name, "u")))
        .isEqualTo("FORBIDDEN_EVENT_NAME evtName");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "]"})
  void refusesBracketsInTheNameOfAColumnAlone(String character) {
    String name = "a" + character + "b";

    assertThat(NameRules.check(name, name)).isNotNull();
    assertThat(Fixture.events().map(List.of("evtName", "identity"), name, "u"))
        .isInstanceOf(Mapped.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a-b", "a_b", "a/b", "a(b)", "a#b", "a+b", "a=b", "naïve", "名前"})
  void takesOtherCharacters(String name) {
    assertThat(NameRules.check(name, name)).isNull();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "120 bytes of ASCII,             a, 120, true",
    "121 bytes of ASCII,             a, 121, false",
    "120 bytes of two a character,   é,  60, true",
    "122 bytes of two a character,   é,  61, false",
    "120 bytes of three a character, 名,  40, true",
    "123 bytes of three a character, 名,  41, false",
    "120 bytes of four a character,  😀,  30, true",
    "124 bytes of four a character,  😀,  31, false",
  })
  void countsBytes(String rule, String character, int times, boolean taken) {
    String name = character.repeat(times);

    if (taken) {
      assertThat(NameRules.check(name, name)).isNull();
    } else {
      assertThat(NameRules.check(name, name))
          .isInstanceOfSatisfying(
              ColumnProblem.class,
              problem -> assertThat(problem.code()).isEqualTo("COLUMN_NAME_TOO_LONG"));
    }
  }
}
