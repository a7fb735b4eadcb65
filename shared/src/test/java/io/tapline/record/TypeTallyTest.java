package io.tapline.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tapline.export.BrokenRow;
import io.tapline.record.ColumnTypes.Origin;
import io.tapline.record.ColumnTypes.TypedColumn;
import io.tapline.sync.ColumnType;
import io.tapline.sync.RecordKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TypeTallyTest {

  @ParameterizedTest(name = "{4}")
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          1;2         | -       | number  | INFERRED | all numbers
          1;~~;NaN    | -       | number  | INFERRED | what does not count
          1;a         | -       | string  | INFERRED | two types
          1;true      | -       | string  | INFERRED | two types that are no strings
          [1];[]      | -       | list    | INFERRED | all lists
          -           | -       | -       | INFERRED | only nulls
          -           | NUMBER  | number  | LEARNED  | only nulls keep what was learned
          1;2         | NUMBER  | number  | LEARNED  | the learned type fits
          1;2         | STRING  | string  | LEARNED  | a learned string stays
          true;x      | BOOLEAN | string  | INFERRED | the learned type does not fit
          1;2         | DATE    | string  | INFERRED | another type fits, but the learned one does not
          x           | LIST    | string  | INFERRED | a learned list gives way, too
          NaN;~~;NaN  | DATE    | date    | LEARNED  | what does not count keeps what was learned
          NaN;~~;Infinity | -       | -       | INFERRED | only what does not count
          0;1         | -       | number  | INFERRED | only 0 and 1
          true;false  | -       | boolean | INFERRED | true and false
          1;007       | -       | string  | INFERRED | one leading zero makes all of them text
          1;+1        | -       | string  | INFERRED | one plus sign makes all of them text
          1;1234567890123456 | - | string | INFERRED | one number of 16 digits makes all of them text
          2020-08-01 00:00:00;2020-08-01T00:00:00Z | - | date | INFERRED | all times, in several forms
          2020-08-01 00:00:00;2020-08-01 | - | string | INFERRED | a bare date is text
          """)
  void decides(
      @Nullable String values,
      @Nullable ColumnType learned,
      @Nullable String type,
      Origin origin,
      String rule) {
    Columns columns = Fixture.profiles().rename(Map.of("c", "d")).columns("identity", "c");
    TypeTally tally = new TypeTally(columns);
    for (String value :
        values == null ? new String[] {null} : values.replace("~~", "").split(";")) {
      tally.add(Fixture.row(1, "u", value));
    }

    ColumnTypes types = tally.decide(learned == null ? Map.of() : Map.of("d", learned));

    assertThat(types.columns().get(1).typeName()).isEqualTo(type);
    assertThat(types.columns().get(1).origin()).isEqualTo(origin);
    assertThat(types.columns().get(1).sentAs()).isEqualTo("d");
    assertThat(types.warnings())
        .hasSize(learned != null && origin == Origin.INFERRED ? 1 : 0)
        .allMatch(warning -> warning.code().equals("TYPE_WIDENED") && warning.column().equals("c"));
  }

  @Test
  void learnsWhatTheValuesSaidAndForgetsNothing() {
    Columns columns =
        Fixture.profiles()
            .types(Map.of("zip", ColumnType.STRING))
            .columns("identity", "zip", "age", "n", "none");
    TypeTally tally = new TypeTally(columns);
    tally.add(Fixture.row(1, "u", "1", "2", "3", null));
    tally.add(new BrokenRow(2, "NUL_BYTE", "…", null));

    ColumnTypes types = tally.decide(Map.of());

    assertThat(types.columns())
        .extracting(column -> column.name() + " " + column.typeName() + " " + column.origin())
        .containsExactly(
            "identity string KNOWN_FIELD",
            "zip string DECLARED",
            "age number KNOWN_FIELD",
            "n number INFERRED",
            "none null INFERRED");
    assertThat(types.learn(Map.of("gone", ColumnType.DATE)))
        .isEqualTo(Map.of("gone", ColumnType.DATE, "n", ColumnType.NUMBER));
  }

  @Test
  void tellsTheTypesOfJson() {
    Columns columns = Fixture.events().types(Map.of("zip", ColumnType.STRING)).columns();
    TypeTally tally = new TypeTally(columns);
    tally.add(
        Fixture.json(
            1, "{\"identity\":1,\"ts\":\"x\",\"a\":1,\"b\":\"x\",\"zip\":1,\"i.j\":true}"));
    tally.add(Fixture.json(2, "{\"a\":2,\"b\":false,\"Items\":[],\"n\":null,\"o\":{}}"));

    assertThat(TypeTally.resume(columns, tally.state()).decide(Map.of()).columns())
        .extracting(column -> column.name() + " " + column.typeName() + " " + column.origin())
        .containsExactly(
            "identity string KNOWN_FIELD",
            "ts number KNOWN_FIELD",
            "a number JSON",
            "b mixed JSON",
            "zip string DECLARED",
            "i.j boolean JSON",
            "Items list JSON",
            "n null JSON",
            "o null JSON");
  }

  @Test
  void looksAtNoValueOfAnIgnoredColumn() throws JsonProcessingException {
    Columns columns = Fixture.of(RecordKind.DISASSOCIATION).columns("value", "city", "city");
    TypeTally tally = new TypeTally(columns);
    tally.add(Fixture.row(1, "+14155551234", "1", "2"));

    ColumnTypes types = tally.decide(Map.of("city", ColumnType.STRING));

    assertThat(types.columns())
        .extracting(column -> column.name() + " " + column.typeName() + " " + column.origin())
        .containsExactly("value string KNOWN_FIELD", "city null IGNORED", "city null IGNORED");
    assertThat(types.warnings()).isEmpty();
    assertThat(types.learn(Map.of())).isEmpty();
    assertThat(Fixture.JSON.readValue(Fixture.JSON.writeValueAsString(types), ColumnTypes.class))
        .isEqualTo(types);
  }

  @Test
  void isNotStoppedByIgnoredKeysOfJson() {
    Columns columns = Fixture.of(RecordKind.DEMERGE).columns();
    TypeTally tally = new TypeTally(columns);
    for (int i = 0; i < 2001; i++) {
      tally.add(Fixture.json(1, "{\"a" + i + "\":[1]}"));
    }
    tally.add(Fixture.json(2, "{\"identity\":\"u\"}"));

    TypeTally resumed = TypeTally.resume(columns, tally.state());

    assertThat(resumed.state()).isEqualTo(tally.state());
    assertThat(resumed.decide(Map.of()).columns())
        .hasSize(2001)
        .startsWith(
            new TypedColumn("identity", "identity", List.of(ColumnType.STRING), Origin.KNOWN_FIELD),
            new TypedColumn("a0", "a0", List.of(), Origin.IGNORED));
  }

  @Test
  void stopsAtTooManyColumns() {
    TypeTally tally = new TypeTally(Fixture.profiles().columns());
    for (int i = 0; i < 2000; i++) {
      tally.add(Fixture.json(1, "{\"a" + i + "\":1}"));
    }

    assertThatThrownBy(() -> tally.add(Fixture.json(2, "{\"b\":1}")))
        .isInstanceOfSatisfying(
            HeaderException.class, e -> assertThat(e.code()).isEqualTo("TOO_MANY_COLUMNS"));
  }

  @Test
  void goesOnFromItsStateAsIfNothingHadHappened() throws JsonProcessingException {
    Columns columns = Fixture.profiles().columns("identity", "a", "b", "c");
    TypeTally whole = new TypeTally(columns);
    TypeTally first = new TypeTally(columns);
    whole.add(Fixture.row(1, "u", "1", null, "x"));
    first.add(Fixture.row(1, "u", "1", null, "x"));

    String json = Fixture.JSON.writeValueAsString(first.state());
    TypeTally second =
        TypeTally.resume(columns, Fixture.JSON.readValue(json, TypeTally.State.class));
    for (TypeTally tally : Arrays.asList(whole, second)) {
      tally.add(Fixture.row(2, "u", "true", "[1]", "2"));
    }

    assertThat(second.state()).isEqualTo(whole.state());
    ColumnTypes types = second.decide(Map.of("c", ColumnType.NUMBER));
    assertThat(Fixture.JSON.readValue(Fixture.JSON.writeValueAsString(types), ColumnTypes.class))
        .isEqualTo(types);
  }
}
