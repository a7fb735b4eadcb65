package io.tapline.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "ASCII, 41 7F, true",
    "first of two bytes, C2 80, true",
    "last of two bytes, DF BF, true",
    "first of three, E0 A0 80, true",
    "last before the surrogates, ED 9F BF, true",
    "first after the surrogates, EE 80 80, true",
    "last of three, EF BF BF, true",
    "first of four, F0 90 80 80, true",
    "U+10FFFF, F4 8F BF BF, true",
    "beyond U+10FFFF, F4 90 80 80, false",
    "a lead far beyond, F5 80 80 80, false",
    "no lead at all, FF, false",
    "a continuation alone, 80, false",
    "overlong NUL, C0 80, false",
    "overlong of two, C1 BF, false",
    "overlong of three, E0 9F BF, false",
    "overlong of four, F0 8F BF BF, false",
    "high surrogate, ED A0 80, false",
    "low surrogate, ED BF BF, false",
    "cut off after one, C3, false",
    "cut off after two, E2 82, false",
    "cut off after three, F0 9F 98, false",
    "ASCII within, E2 41 82, false",
    "ASCII at the end, F0 9F 98 41, false"
  })
  void isValidOrNot(String rule, String hex, boolean valid) {
    byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
    assertThat(Utf8.isValid(bytes, 0, bytes.length)).isEqualTo(valid);
  }

  @Test
  void judgesAsTheJdkDoes() {
    Random random = new Random(7);
    int[] pool = {0x41, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC2, 0xE0, 0xE2, 0xED, 0xF0, 0xF4};
    for (int i = 0; i < 200_000; i++) {
      int from = random.nextInt(10); // it looks at eight bytes at once
      int to = from + random.nextInt(6);
      byte[] bytes = "x".repeat(to + random.nextInt(10)).getBytes(StandardCharsets.US_ASCII);
      for (int j = from; j < to; j++) {
        bytes[j] = (byte) pool[random.nextInt(pool.length)];
      }
      assertThat(Utf8.isValid(bytes, 0, bytes.length))
          .as(HexFormat.of().formatHex(bytes))
          .isEqualTo(decodes(bytes));
    }
  }

  private static boolean decodes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Test
  void plainAsciiHasNeitherNulNorHighBit() {
    for (int length = 0; length < 20; length++) {
      for (int at = 0; at < length; at++) {
        byte[] bytes = "x".repeat(length).getBytes(StandardCharsets.US_ASCII);
        bytes[at] = 1;
        assertThat(Utf8.isPlainAscii(bytes, 0, length)).isTrue();
        assertThat(Utf8.hasNul(bytes, 0, length)).isFalse();
        bytes[at] = 0;
        assertThat(Utf8.hasNul(bytes, 0, length)).isTrue();
        assertThat(Utf8.hasNul(bytes, at + 1, length)).isFalse();
        assertThat(Utf8.isPlainAscii(bytes, 0, length)).isFalse();
        assertThat(Utf8.isPlainAscii(bytes, at + 1, length)).isTrue();
        bytes[at] = -1;
        assertThat(Utf8.hasNul(bytes, 0, length)).isFalse();
        assertThat(Utf8.isPlainAscii(bytes, 0, length)).isFalse();
      }
    }
  }
}
