package io.tapline.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.sync.ArrayPropertyOperation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Multi-value properties of profiles. */
final class ListsTest {

  @ParameterizedTest(name = "{0}: {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          REPLACE | ["a","b"]                 | {"t":["a","b"]}                  | the items
          APPEND  | ["a","b"]                 | {"t":{"$add":["a","b"]}}         | the items
          REMOVE  | ["a","b"]                 | {"t":{"$remove":["a","b"]}}      | the items
          REPLACE | [1,true,2.50,"x"]         | {"t":["1","true","2.50","x"]}    | all items are texts
          APPEND  | ["b","a","b",1,"1"]       | {"t":{"$add":["b","a","1"]}}     | each item once, at its first place
          REMOVE  | [null,"a",null]           | {"t":{"$remove":["a"]}}          | nulls are dropped
          REPLACE | ["é","日本","\\u00e9"]      | {"t":["é","日本"]}                 | an escaped item is the same text
          REPLACE | ["a" , "b"]               | {"t":["a","b"]}                  | white space means nothing
          REPLACE | ["a,b","]","[","\\""]     | {"t":["a,b","]","[","\\""]}      | an item may hold what sets items apart
          REPLACE | ["",""]                   | {"t":[""]}                       | an empty item is one
          REPLACE | ["1","2","3","4","5","6","7","8","9"] | {"t":["1","2","3","4","5","6","7","8","9"]} | many items
          REPLACE | []                        | {}                               | an empty list is left out
          APPEND  | []                        | {}                               | an empty list is left out
          REMOVE  | []                        | {}                               | an empty list is left out
          REPLACE | [null]                    | {}                               | a list of nulls is an empty one
          APPEND  | [null,null]               | {}                               | a list of nulls is an empty one
          REMOVE  | [null]                    | {}                               | a list of nulls is an empty one
          """)
  void writesAListByTheArrayPropertyOperation(
      ArrayPropertyOperation operation, String list, String data, String rule) {
    Fixture fixture = Fixture.profiles().lists(operation);
    String record = "{\"type\":\"profile\",\"identity\":\"u\",\"profileData\":%s}";

    assertThat(Fixture.told(fixture.map(List.of("identity", "t"), "u", list)))
        .isEqualTo(record.formatted(data));
    assertThat(Fixture.told(fixture.mapJson("{\"identity\":\"u\",\"t\":" + list + "}")))
        .isEqualTo(record.formatted(data.replace("2.50", "2.5")));
  }

  @Test
  void sendsTextThatIsNoListOfScalarsAsText() {
    assertThat(
            Fixture.told(
                Fixture.profiles()
                    .lists(ArrayPropertyOperation.APPEND)
                    .map(List.of("identity", "t"), "u", "[[1]]")))
        .endsWith("\"profileData\":{\"t\":\"[[1]]\"}}");
  }
}
