package io.tapline.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.bench.rig.MadeUpRows;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratedTextTest {

  static List<Arguments> exports() {
    return Stream.of(Shape.values())
        .flatMap(shape -> Stream.of(TextForm.values()).map(form -> Arguments.of(shape, form)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("exports")
  void holdsValidRowsOfDifferentUsers(Shape shape, TextForm form) {
    assertThat(MadeUpRows.read(shape, form, 200).rows()).hasSize(200);

    String text = text(new GeneratedText(shape, form, 20_001));
    assertThat(text.lines()).hasSize(form == TextForm.JSONL ? 20_001 : 20_002);
    assertThat(text)
        .containsOnlyOnce("user-000000000000")
        .containsOnlyOnce("user-000000010000")
        .containsOnlyOnce("user-000000020000");
  }

  @Test
  void givesAnyPartWithoutThoseBefore() {
    GeneratedText text = new GeneratedText(Shape.PROFILES, TextForm.CSV, 25_000);
    byte[] whole = text.read(0, Math.toIntExact(text.size()));
    for (int from : new int[] {3_000_000, 0, 2_345_678, 5_000_000, 1}) {
      assertThat(new GeneratedText(Shape.PROFILES, TextForm.CSV, 25_000).read(from, 400_000))
          .isEqualTo(Arrays.copyOfRange(whole, from, from + 400_000));
    }
    assertThat(text.read(whole.length - 1, 100)).hasSize(1);
  }

  private static String text(GeneratedText text) {
    return new String(text.read(0, Math.toIntExact(text.size())), StandardCharsets.UTF_8);
  }
}
