package io.tapline.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jackson is the measure of what is JSON. */
final class RecordJsonTest {

  private static final int LENGTHS = 20;

  @Test
  void writesEachCharacterAsJacksonDoesWhereverItStands() throws IOException {
    for (char c = 0; c < 0x100; c++) {
      for (int length = 1; length < LENGTHS; length++) {
        for (int at = 0; at < length; at++) {
          String text = "x".repeat(at) + c + "y".repeat(length - at - 1);
          byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
          assertThat(written(utf8, 0, utf8.length)).isEqualTo(byJackson(utf8));
        }
      }
    }
  }

  @Test
  void writesAPartOfAnArray() throws IOException {
    byte[] text = "\"\\\n日本 \"quoted\"\t and more".getBytes(StandardCharsets.UTF_8);
    for (int from = 9; from < text.length; from++) {
      for (int to = from; to <= text.length; to++) {
        byte[] part = Arrays.copyOfRange(text, from, to);
        assertThat(written(text, from, to)).isEqualTo(byJackson(part));
      }
    }
  }

  private static String written(byte[] utf8, int from, int to) {
    RecordJson json = new RecordJson(0);
    json.string(utf8, from, to);
    return new String(json.toBytes(), StandardCharsets.UTF_8);
  }

  private static String byJackson(byte[] utf8) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = new JsonFactory().createGenerator(bytes)) {
      generator.writeUTF8String(utf8, 0, utf8.length);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void growsWithTextThatIsAllEscaped() {
    RecordJson json = new RecordJson(0);
    json.string("\u0001".repeat(1000));
    assertThat(new String(json.toBytes(), StandardCharsets.UTF_8))
        .isEqualTo("\"" + "\\u0001".repeat(1000) + "\"");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 9, 10, 99, 100, 1000, 1596240000, 9_999_999_999L, -1, -62_167_219_200L})
  void writesNumbersAndDates(long seconds) {
    RecordJson json = new RecordJson(0);
    json.startObject();
    json.key("n");
    json.number(seconds);
    json.key(JsonKey.of("d"));
    json.date(seconds);
    json.endObject();
    assertThat(new String(json.toBytes(), StandardCharsets.UTF_8))
        .isEqualTo("{\"n\":" + seconds + ",\"d\":\"$D_" + seconds + "\"}");
  }
}
