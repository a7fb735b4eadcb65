package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.Clock;
import io.tapline.aws.MemoryObjectStore;
import io.tapline.sync.FormatSettings;
import io.tapline.sync.SyncLoader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstRowsTest {

  @TempDir private Path folder;

  /**
   * In the texts, {@code ~} is a line feed, {@code ^} a carriage return, {@code T} a tab, {@code B}
   * a byte order mark.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lines                        | a.csv   | identity,n~1,2~3,4~5,6~         | 2 |"
            + " identity,n~1,2~3,4~",
        "a line feed in quotes        | a.csv   | identity,n~1,\"x~y\"~3,4~5,6~   | 1 |"
            + " identity,n~1,\"x~y\"~",
        "CRLF                         | a.csv   | identity,n^~1,2^~3,4^~          | 1 |"
            + " identity,n^~1,2^~",
        "a byte order mark            | a.csv   | Bidentity,n~1,2~3,4~            | 1 |"
            + " Bidentity,n~1,2~",
        "a quoted header of two lines | a.csv   | identity,\"n~m\"~1,2~3,4~       | 1 |"
            + " identity,\"n~m\"~1,2~",
        "a row that can't be read     | a.csv   | identity,n~1,2,3~4,5~           | 1 |"
            + " identity,n~1,2,3~",
        "tabs                         | a.tsv   | identityTn~1T2~3T4~             | 1 |"
            + " identityTn~1T2~",
        "JSON lines                   | a.jsonl | {\"identity\":\"1\"}~{\"identity\":\"2\"}~ | 1 |"
            + " {\"identity\":\"1\"}~",
        "corrected rejects            | a.csv   | identity,_row,_code,_reason~1,7,516,x~2,8,516,x~"
            + " | 1 | identity,_row,_code,_reason~1,7,516,x~",
        "as many as there are         | a.csv   | identity~1~2                    | 2 |"
            + " identity~1~2",
        "fewer than were asked for    | a.csv   | identity~1~2                    | 9 |"
            + " identity~1~2",
        "no row at all                | a.csv   | identity~                       | 1 | identity~",
      })
  void areAnExportOfTheirOwn(String rule, String name, String text, long most, String expected)
      throws IOException {
    for (String suffix : new String[] {"", ".gz"}) {
      boolean isPacked = !suffix.isEmpty() && !rule.equals("corrected rejects");
      byte[] whole = bytes(text);
      Path file = Files.write(folder.resolve(name + suffix), isPacked ? gz(whole) : whole);

      byte[] put = put(file, most);

      assertThat(isPacked ? unpacked(put) : put).as(name + suffix).isEqualTo(bytes(expected));
    }
  }

  @Test
  void goOnBehindAMemberOfAPackedFile() throws IOException {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(gz(bytes("identity~1~")));
    members.write(gz(bytes("2~3~")));
    Path file = Files.write(folder.resolve("a.csv.gz"), members.toByteArray());

    assertThat(unpacked(put(file, 2))).isEqualTo(bytes("identity~1~2~"));
  }

  @Test
  void haveAKeyThatSaysHowManyTheyAre() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "identity\n1\n2\n3\n");
    MemoryObjectStore store = new MemoryObjectStore(Clock.system());
    ExportFile whole = new ExportFile(file);

    String two = whole.firstRows(2L, format()).put(store, "b", "p/");

    assertThat(two).matches("p/[0-9a-f]{64}/first-2-rows/a\\.csv");
    assertThat(whole.firstRows(2L, format()).put(store, "b", "p/")).isEqualTo(two);
    assertThat(whole.firstRows(3L, format()).put(store, "b", "p/")).isNotEqualTo(two);
    assertThat(whole.put(store, "b", "p/")).matches("p/[0-9a-f]{64}/a\\.csv");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nothing         | a.csv    | ``                  | EMPTY_EXPORT",
        "an open quote   | a.csv    | identity~1~\"2~3~   | UNCLOSED_QUOTE",
        "not what it says| a.csv.gz | identity~1~2~       | NOT_GZIP",
      })
  void sayWhyTheyCantBeRead(String rule, String name, String text, String code) throws IOException {
    Path file = Files.write(folder.resolve(name), bytes(text));

    assertThatThrownBy(() -> new ExportFile(file).firstRows(5L, format()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--limit")
        .hasMessageContaining(file.toString())
        .hasMessageContaining(code);
  }

  private static byte[] put(Path file, long most) throws IOException {
    MemoryObjectStore store = new MemoryObjectStore(Clock.system());
    String key = new ExportFile(file).firstRows(most, format()).put(store, "b", "p/");
    return store.get("b", key).orElseThrow();
  }

  private static FormatSettings format() {
    return SyncLoader.load("test", Pushes.sync("\"threadCount\": 1").getBytes(UTF_8), "test")
        .format();
  }

  private static byte[] bytes(String text) {
    return text.replace('~', '\n')
        .replace('^', '\r')
        .replace('T', '\t')
        .replace('B', '\uFEFF')
        .getBytes(UTF_8);
  }

  private static byte[] gz(byte[] text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gz = new GZIPOutputStream(packed)) {
      gz.write(text);
    }
    return packed.toByteArray();
  }

  private static byte[] unpacked(byte[] packed) throws IOException {
    try (GZIPInputStream gz = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return gz.readAllBytes();
    }
  }
}
