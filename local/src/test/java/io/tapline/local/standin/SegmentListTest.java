package io.tapline.local.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentListTest {

  @TempDir private Path folder;

  private SegmentList read(String text, Charset charset) throws Exception {
    return SegmentList.read(Files.writeString(folder.resolve("list.csv"), text, charset));
  }

  /** In the table {@code ~} stands for a line feed, {@code ^} for a carriage return. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "both types             | Type,Identity~i,a~g,__b~      | 2 | -",
        "CRLF                   | Type,Identity^~i,a^~g,__b^~   | 2 | -",
        "no line end at the end | Type,Identity~i,a             | 1 | -",
        "quotes where needed    | Type,Identity~i,\"a,\"\"b\"~  | 1 | -",
        "no rows                | Type,Identity~               | 0 | -",
        "an empty file          | ``                            | 0 | the header is wrong",
        "no header              | i,a~g,b~                      | 0 | the header is wrong",
        "half a header          | Type                          | 0 | the header is wrong",
        "small letters          | type,identity~i,a~            | 0 | the header is wrong",
        "a header with quotes   | \"Type\",\"Identity\"~i,a~    | 0 | the header is wrong",
        "a header with a space  | Type, Identity~i,a~           | 0 | the header is wrong",
        "a longer header        | Type,Identity,Name~i,a,b~     | 0 | the header is wrong",
        "a longer name          | Type,IdentityX~i,a~           | 0 | the header is wrong",
        "a byte order mark      | \uFEFFType,Identity~i,a~      | 0 | the header is wrong",
        "another type           | Type,Identity~i,a~x,b~        | 1 | row 2 is wrong",
        "a type in capitals     | Type,Identity~I,a~            | 0 | row 1 is wrong",
        "no identity            | Type,Identity~i,~             | 0 | row 1 is wrong",
        "a blank identity       | Type,Identity~i, ~            | 0 | row 1 is wrong",
        "one field              | Type,Identity~i~              | 0 | row 1 is wrong",
        "three fields           | Type,Identity~i,a,b~          | 0 | row 1 is wrong",
        "an empty line          | Type,Identity~i,a~~i,b~       | 1 | row 2 is wrong",
        "the header twice       | Type,Identity~i,a~Type,Identity~ | 1 | row 2 is wrong",
        "text behind a quote    | Type,Identity~i,\"a\"b~       | 0 | row 1 is wrong",
      })
  void readsAFile(String rule, String text, long rows, String problem) throws Exception {
    String file = text.replace('~', '\n').replace('^', '\r');
    assertThat(read(file, StandardCharsets.UTF_8)).isEqualTo(new SegmentList(rows, problem));
  }

  @ParameterizedTest(name = "{0} characters")
  @CsvSource({"1024, 1, ", "1025, 0, row 1 is wrong"})
  void limitsAnIdentity(int length, long rows, String problem) throws Exception {
    String file = "Type,Identity\ni," + "é".repeat(length) + "\n";
    assertThat(read(file, StandardCharsets.UTF_8)).isEqualTo(new SegmentList(rows, problem));
  }

  @Test
  void isUtf8() throws Exception {
    assertThat(read("Type,Identity\ni,é\n", StandardCharsets.ISO_8859_1).problem()).isNotNull();
  }
}
