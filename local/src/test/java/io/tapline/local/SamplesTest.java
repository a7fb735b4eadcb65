package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.tapline.report.Report;
import io.tapline.sync.Format;
import io.tapline.sync.SyncLoader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The samples as a user pushes them: what the report says, and what the stand-in was sent. */
class SamplesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SAMPLES = Path.of("../samples");

  @TempDir private Path folder;

  /**
   * @param records where a call has its records
   * @param sent what is looked at in a record; {@code .}: the record itself
   * @param columns the same in a row; a column's letters may be sent {@code lower} or as a {@code
   *     word}, whatever they are in the row, and text in quotes is sent for every row
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "profiles.csv.gz  | /1/upload | d"
            + " | identity, profileData/Name, profileData/Email, profileData/zip"
            + " | identity, name, email, zip",
        "events.csv       | /1/upload | d"
            + " | identity, evtName, evtData/product, evtData/Amount"
            + " | identity, evtname, product, amount",
        "events.jsonl.gz  | /1/upload | d"
            + " | identity, evtName, evtData/product, evtData/seconds"
            + " | identity, evtName, product, seconds",
        "tokens.csv       | /1/upload | d"
            + " | type, objectId, tokenData/id, tokenData/type, tokenData/keys/p256dh"
            + " | 'token', objectid, id, type lower, p256dh",
        "demerge.csv      | /1/demerge/profiles.json | identities | . | identity",
        "subscription.csv | /1/subscribe | d | type, value, status | type, value, status word",
        "disassociate.csv | /1/disassociate | d | type, value | 'phone', value",
      })
  void isPushedAsItsReadmeSays(
      String sample, String path, String records, String sent, String columns) throws Exception {
    Report report = push(sample);

    assertIsAsExpected(report, sample);
    List<JsonNode> calls = requests();
    assertThat(calls)
        .allSatisfy(
            call -> {
              assertThat(call.path("method").asText()).isEqualTo("POST");
              assertThat(call.path("path").asText()).isEqualTo(path);
            });
    assertThat(received(calls, records, sent.split(", ")))
        .containsExactlyInAnyOrderElementsOf(
            goodRows(sample, badRows(report).keySet(), columns.split(", ")));
  }

  @Test
  void aCustomListIsUploadedOnceAndCompletedOnce() throws Exception {
    Report report = push("custom-list.csv");

    assertIsAsExpected(report, "custom-list.csv");
    List<JsonNode> calls = requests();
    assertThat(calls)
        .extracting(call -> call.path("method").asText())
        .containsExactly("POST", "PUT", "POST");
    assertThat(calls.getFirst().path("path").asText()).isEqualTo("/get_custom_list_segment_url");
    assertThat(calls.getLast().path("path").asText())
        .isEqualTo("/upload_custom_list_segment_completed");
    String list =
        goodRows(
                "custom-list.csv",
                badRows(report).keySet(),
                new String[] {"type lower", "identity"})
            .stream()
            .map(row -> row.get(0) + "," + (row.get(1).equals("a, b") ? "\"a, b\"" : row.get(1)))
            .collect(Collectors.joining("\n", "Type,Identity\n", "\n"));
    assertThat(calls.get(1).path("bytes").asInt()).isEqualTo(list.length());
    JsonNode completion = calls.getLast().path("body");
    assertThat(completion.path("name").asText()).isEqualTo("Loyal customers");
    assertThat(completion.path("email").asText()).isEqualTo("admin@example.com");
    assertThat(completion.path("creator").asText()).isEqualTo("Tapline");
    assertThat(completion.path("replace").isBoolean()).isTrue();
    assertThat(completion.path("replace").asBoolean()).isFalse();
    JsonNode segment = JSON.readTree(folder.resolve("out/report.json").toFile()).path("segment");
    assertThat(segment.path("id").isIntegralNumber()).isTrue();
    assertThat(segment.path("name").asText()).isEqualTo("Loyal customers");
    assertThat(segment.path("mode").asText()).isEqualTo("CREATE_NEW_SEGMENT");
  }

  /** Pushes a sample, with its requests recorded. */
  private Report push(String sample) throws IOException {
    StringWriter output = new StringWriter();
    CommandLine tapline = Main.commandLine();
    tapline.setOut(new PrintWriter(output)).setErr(new PrintWriter(output));

    int exitCode =
        tapline.execute(
            "push",
            SAMPLES.resolve(sample).toString(),
            "--sync",
            syncFile(sample).toString(),
            "--work",
            folder.resolve("work").toString(),
            "--out",
            folder.resolve("out").toString(),
            "--record",
            folder.resolve("requests.jsonl").toString());

    assertThat(exitCode).as(output.toString()).isEqualTo(3);
    return Report.parse(Files.readAllBytes(folder.resolve("out/report.json")));
  }

  private static void assertIsAsExpected(Report report, String sample) throws IOException {
    JsonNode expected = expected(sample);
    JsonNode rows = JSON.valueToTree(report.rows());
    expected
        .path("rows")
        .properties()
        .forEach(
            row ->
                assertThat(rows.path(row.getKey()).asInt())
                    .as(row.getKey())
                    .isEqualTo(row.getValue().asInt()));
    assertThat(report.rows().addUp()).isTrue();
    assertThat(codes(report))
        .isEqualTo(
            JSON.convertValue(
                expected.path("codes"), new TypeReference<Map<String, Integer>>() {}));
    assertThat(badRows(report))
        .isEqualTo(
            JSON.convertValue(expected.path("badRows"), new TypeReference<Map<Long, String>>() {}));
  }

  private static JsonNode expected(String sample) throws IOException {
    return JSON.readTree(SAMPLES.resolve("expected.json").toFile()).path(sample);
  }

  private static Path syncFile(String sample) throws IOException {
    return SAMPLES.resolve(expected(sample).path("sync").asText());
  }

  private static Map<String, Integer> codes(Report report) {
    Map<String, Integer> codes = new HashMap<>();
    report
        .reasons()
        .forEach(reason -> codes.merge(reason.code(), (int) reason.count(), Integer::sum));
    return codes;
  }

  private static Map<Long, String> badRows(Report report) {
    Map<Long, String> rows = new HashMap<>();
    report
        .reasons()
        .forEach(reason -> reason.firstRows().forEach(row -> rows.put(row, reason.code())));
    return rows;
  }

  /** The requests that were recorded, each in the form of the log. */
  private List<JsonNode> requests() throws IOException {
    String log = Files.readString(folder.resolve("requests.jsonl"));
    assertThat(log.toLowerCase(Locale.ROOT)).doesNotContain("passcode");
    List<JsonNode> requests = new ArrayList<>();
    for (String line : log.lines().toList()) {
      JsonNode request = JSON.readTree(line);
      String content = request.path("method").asText().equals("PUT") ? "bytes" : "body";
      assertThat(request.propertyStream().map(Map.Entry::getKey))
          .containsExactly("method", "path", "headers", content);
      requests.add(request);
    }
    return requests;
  }

  /** Some values of each record that was sent. */
  private static List<List<String>> received(List<JsonNode> calls, String records, String[] paths) {
    List<List<String>> received = new ArrayList<>();
    for (JsonNode call : calls) {
      for (JsonNode record : call.path("body").path(records)) {
        List<String> values = new ArrayList<>();
        for (String path : paths) {
          values.add(text(path.equals(".") ? record : record.at("/" + path)));
        }
        received.add(values);
      }
    }
    return received;
  }

  /** The same values of the rows of the sample that are not bad. */
  private static List<List<String>> goodRows(String sample, Set<Long> bad, String[] columns)
      throws IOException {
    Format format =
        SyncLoader.load("sample", Files.readAllBytes(syncFile(sample)), sample)
            .format()
            .resolve(sample);
    List<List<String>> good = new ArrayList<>();
    long number = 0;
    try (Reader text = open(sample)) {
      if (format.type() == Format.Type.JSONL) {
        for (String line : new BufferedReader(text).lines().toList()) {
          if (!bad.contains(++number)) {
            JsonNode row = JSON.readTree(line);
            List<String> values = new ArrayList<>();
            for (String column : columns) {
              values.add(text(row.path(column)));
            }
            good.add(values);
          }
        }
        return good;
      }
      CsvReader<CsvRecord> rows =
          CsvReader.builder()
              .fieldSeparator(format.delimiter())
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .ofCsvRecord(text);
      List<String> header = format.header() ? null : format.columns();
      for (CsvRecord row : rows) {
        if (header == null) {
          header = row.getFields();
        } else if (!bad.contains(++number)) {
          List<String> values = new ArrayList<>();
          for (String column : columns) {
            values.add(value(column, header, row));
          }
          good.add(values);
        }
      }
      return good;
    }
  }

  private static String value(String column, List<String> header, CsvRecord row) {
    if (column.startsWith("'")) {
      return column.substring(1, column.length() - 1);
    }
    String[] words = column.split(" ");
    String value = number(row.getField(header.indexOf(words[0])));
    if (words.length == 1) {
      return value;
    }
    String lower = value.toLowerCase(Locale.ROOT);
    return words[1].equals("lower")
        ? lower
        : lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1);
  }

  private static Reader open(String sample) throws IOException {
    InputStream bytes = Files.newInputStream(SAMPLES.resolve(sample));
    return new InputStreamReader(
        sample.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8);
  }

  private static String text(JsonNode value) {
    return value.isNumber() ? number(value.asText()) : value.asText("");
  }

  /** A number as JSON writes it may have another form than in the export. */
  private static String number(String text) {
    return text.matches("-?[1-9][0-9]*\\.[0-9]+") ? text.replaceFirst("\\.?0+$", "") : text;
  }
}
