package io.tapline.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapline.export.BrokenRow;
import io.tapline.export.DelimitedRow;
import io.tapline.export.Header;
import io.tapline.export.JsonRow;
import io.tapline.export.Row;
import io.tapline.record.Rejection;
import io.tapline.record.Rejection.By;
import io.tapline.report.Report.Example;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExamplesTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Examples examples = new Examples(new Header(List.of("identity", "phone"), false));

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      quoteCharacter = '`',
      nullValues = "NULL",
      value = {
        "a text, {\"phone\":\"+1 (415) x\"}, +9 (999) x",
        "a number, {\"phone\":1.50}, 9.9",
        "a list, `{\"phone\":[\"a\",1]}`, `[\"x\",9]`",
        "a null, {\"phone\":null}, NULL",
        "an empty text, {\"phone\":\"\"}, ``",
        "no value, {}, NULL",
      })
  void showsWhatALineOfJsonHas(String rule, String line, @Nullable String value)
      throws JsonProcessingException {
    add(new JsonRow(7, line, (ObjectNode) JSON.readTree(line)), "phone");

    assertThat(of("phone")).as(rule).containsExactly(new Example(7, value));
  }

  @Test
  void showsTheFieldOfTheColumn() {
    byte[] fields = "ada123".getBytes(UTF_8);
    add(new DelimitedRow(1, fields, new int[] {3, 6}, new boolean[] {false, false}), "phone");
    add(new DelimitedRow(2, fields, new int[] {6, 6}, new boolean[] {false, true}), "phone");

    assertThat(of("phone")).containsExactly(new Example(1, "999"), new Example(2, null));
  }

  @Test
  void showsThreeOfEachReason() {
    for (int row = 1; row <= 5; row++) {
      add(new BrokenRow(row, "BROKEN_UTF8", "line", null), "phone");
    }
    add(new BrokenRow(6, "BROKEN_UTF8", "line", null), "identity");

    assertThat(of("phone")).extracting(Example::row).containsExactly(1L, 2L, 3L);
    assertThat(of("identity")).extracting(Example::row).containsExactly(6L);
  }

  @Test
  void hasNoneWhereItIsNotOneColumnsFault() {
    add(new BrokenRow(1, "BROKEN_UTF8", "line", null), null);

    assertThat(of(null)).isEmpty();
  }

  @Test
  void knowsNoFieldsWithoutAHeader() {
    Examples headless = new Examples(null);
    Row row = new DelimitedRow(1, new byte[1], new int[] {1}, new boolean[] {false});
    headless.add(new RejectedRow(row, rejection(1, "phone")));

    assertThat(headless.of(ReasonKey.of(rejection(1, "phone"))))
        .containsExactly(new Example(1, null));
  }

  private void add(Row row, @Nullable String column) {
    examples.add(new RejectedRow(row, rejection(row.number(), column)));
  }

  private List<Example> of(@Nullable String column) {
    return examples.of(ReasonKey.of(rejection(1, column)));
  }

  private static Rejection rejection(long row, @Nullable String column) {
    return new Rejection(row, By.TAPLINE, "516", column, "wrong");
  }
}
