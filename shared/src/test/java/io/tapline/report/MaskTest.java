package io.tapline.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "jane.doe@Example.com, xxxx.xxx@Xxxxxxx.xxx",
        "+420 777-123, +999 999-999",
        "2026-13-45 25:00, 9999-99-99 99:99",
        "`1,5`, `9,9`",
        "` M`, ` X`",
        "čeština 日本 😀, xxxxxxx xx x",
        "٣, 9",
        "true, true",
        "NaN, NaN",
        "\\N, \\N",
        "``, ``",
        "`[\"a\",1]`, `[\"x\",9]`"
      })
  void keepsTheShapeOnly(String value, String masked) {
    assertThat(Mask.of(value)).isEqualTo(masked);
  }

  @Test
  void showsNoControlCharacter() {
    assertThat(Mask.of("a\u001B[1m\n")).isEqualTo("x\uFFFD[9x\uFFFD");
  }

  @Test
  void cutsLongOnesOffBetweenCharacters() {
    assertThat(Mask.of("😀".repeat(41))).isEqualTo("x".repeat(40) + "…");
    assertThat(Mask.of("a".repeat(40))).isEqualTo("x".repeat(40));
  }
}
