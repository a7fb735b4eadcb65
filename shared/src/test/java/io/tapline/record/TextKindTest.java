package io.tapline.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.sync.ColumnType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextKindTest {

  @ParameterizedTest(name = "{2}: {0}")
  @CsvSource(
      textBlock =
          """
          0                                     | NUMBER  | a zero
          -0                                    | NUMBER  | a negative zero
          1                                     | NUMBER  | a column of only 0 and 1 is a number
          -12.50                                | NUMBER  | a fraction
          0.1                                   | NUMBER  | a zero before the point
          1.0E7                                 | NUMBER  | what Double.toString writes
          1e-3                                  | NUMBER  | a negative exponent
          1E+3                                  | NUMBER  | an exponent with a plus sign
          123456789012345                       | NUMBER  | 15 digits
          0.00000000000000000000123456          | NUMBER  | zeros in front are not significant
          1234567890123456                      | STRING  | 16 digits
          1234567890.123456                     | STRING  | 16 digits in all
          1000000000000000                      | STRING  | zeros at the end are digits of an id
          007                                   | STRING  | a leading zero
          +1                                    | STRING  | a plus sign
          1.                                    | STRING  | a point without a fraction
          .5                                    | STRING  | a fraction without a whole
          -                                     | STRING  | a minus alone
          1e                                    | STRING  | an exponent without digits
          1e999                                 | STRING  | beyond a double
          1e5x                                  | STRING  | something behind the exponent
          12 ,                                  | STRING  | something behind the number
          0.0000000000000000000000000000000000000000000000000000000000000001 | STRING | longer than any double
          true                                  | BOOLEAN | true
          false                                 | BOOLEAN | false
          TRUE                                  | STRING  | only lower case is inferred
          truex                                 | STRING  | a word that begins like true
          2020-08-01 00:00:00                   | DATE    | a timestamp
          2020-08-01 00:00:00.000 UTC           | DATE    | a timestamp with UTC
          2020-08-01 00:00:00.000000 +0000      | DATE    | a timestamp with an offset
          2020-08-01 00:00:00+05:30             | DATE    | an offset with a colon
          2020-08-01T00:00:00Z                  | DATE    | ISO-8601 in UTC
          2020-08-01T00:00Z                     | DATE    | ISO-8601 without seconds
          2020-08-01                            | STRING  | a bare date is only taken when declared
          2020-02-30 00:00:00                   | STRING  | a day that the month lacks
          2020-13-01 00:00:00                   | STRING  | a month that there is not
          2020-08-01 24:00:00                   | STRING  | an hour that there is not
          2020-08-01 00:60:00                   | STRING  | a minute that there is not
          2020-08-01 00:00:60                   | STRING  | a second that there is not
          2020-08-01 00:00                      | STRING  | a timestamp without seconds
          2020-08-01 00:00:00 CET               | STRING  | a zone by name
          2020-08-01 00:00:00UTC                | STRING  | no space before UTC
          2020-08-01 00:00:00 UTC+1             | STRING  | something behind UTC
          2020-08-01 00:00:00 +1900             | STRING  | an offset beyond 18 hours
          2020-08-01 00:00:00 +00:00:00         | STRING  | seconds of an offset
          2020-08-01T00:00:00                   | STRING  | ISO-8601 without Z
          2020-08-01T00:00:00+01:00             | STRING  | ISO-8601 with an offset
          2020-08-01 00:00:00.                  | STRING  | a point without a fraction
          2020/08/01 00:00:00                   | STRING  | slashes
          2020-08-01x00:00:00                   | STRING  | neither a space nor T
          ["a","b"]                             | LIST    | an array of texts
          [1,true,null]                         | LIST    | an array of scalars
          []                                    | LIST    | an array of nothing
          [[1]]                                 | STRING  | an array of arrays
          [{"a":1}]                             | STRING  | an array of objects
          ["a"                                  | STRING  | an array that does not end
          ["a"]]                                | STRING  | something behind the array
          ["a" "b"]                             | STRING  | no JSON
          [a]                                   | STRING  | words without quotation marks
          abc                                   | STRING  | a word
          """,
      delimiter = '|',
      quoteCharacter = '~')
  void findsTheNarrowestType(String text, ColumnType type, String rule) {
    assertThat(TextKind.of(TextSlice.of(text), true)).isEqualTo(type);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"''", "NaN", "Infinity", "-Infinity"})
  void doesNotCountWhatIsNothing(String text) {
    assertThat(TextKind.of(TextSlice.of(text), true)).isNull();
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "2020-08-01 00:00:00, 1596240000",
    "2020-08-01 00:00:00.999, 1596240000",
    "2020-08-01 00:00:01 UTC, 1596240001",
    "2020-08-01 05:30:00 +0530, 1596240000",
    "2020-07-31 19:00:00-05:00, 1596240000",
    "2020-08-01T00:00:00.5Z, 1596240000",
    "1969-12-31T23:59:59Z, -1",
    "2020-08-01, 1596240000",
    "1596240000, 1596240000",
    "-86400, -86400",
    "12345678901, -9223372036854775808",
    "2020-00-01, -9223372036854775808",
    "abc, -9223372036854775808",
    "-, -9223372036854775808",
  })
  void readsDates(String text, long seconds) {
    assertThat(Timestamps.dateSeconds(TextSlice.of(text))).isEqualTo(seconds);
  }
}
