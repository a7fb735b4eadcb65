package io.tapline.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DigitPatternTest {

  @ParameterizedTest
  @ValueSource(strings = {"0000-00-", "00 00:00", "00T00:00", ".000 UTC"})
  void takesDigitsWhereThePatternHasThemAndElsewhereItsOwnCharacters(String text) {
    DigitPattern pattern = DigitPattern.of(text);
    for (int at = 0; at < text.length(); at++) {
      for (int b = 0; b < 0x100; b++) {
        byte[] bytes = text.replace('0', '9').getBytes(StandardCharsets.US_ASCII);
        bytes[at] = (byte) b;
        boolean fits = text.charAt(at) == '0' ? b >= '0' && b <= '9' : b == text.charAt(at);
        assertThat(pattern.digits(RecordJson.eight(bytes, 0)) != DigitPattern.NONE).isEqualTo(fits);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void readsTwoDigits(int index) {
    byte[] bytes = "12345678".getBytes(StandardCharsets.US_ASCII);
    long digits = DigitPattern.of("00000000").digits(RecordJson.eight(bytes, 0));
    assertThat(DigitPattern.two(digits, index)).isEqualTo((index + 1) * 10 + index + 2);
  }
}
