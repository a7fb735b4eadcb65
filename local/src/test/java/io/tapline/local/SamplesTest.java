package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.tapline.report.Report;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The samples as a user pushes them: what the report says, and what the stand-in was sent. */
class SamplesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SAMPLES = Path.of("../samples");

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "profiles.csv.gz | identity, profileData/Name, profileData/Email, profileData/zip"
            + " | identity, name, email, zip",
        "events.csv      | identity, evtName, evtData/product, evtData/Amount"
            + " | identity, evtname, product, amount",
        "events.jsonl.gz | identity, evtName, evtData/product, evtData/seconds"
            + " | identity, evtName, product, seconds",
      })
  void isPushedAsItsReadmeSays(String sample, String sent, String columns) throws Exception {
    JsonNode expected = JSON.readTree(SAMPLES.resolve("expected.json").toFile()).path(sample);
    Path requests = folder.resolve("requests.jsonl");
    StringWriter output = new StringWriter();
    CommandLine tapline = Main.commandLine();
    tapline.setOut(new PrintWriter(output)).setErr(new PrintWriter(output));

    int exitCode =
        tapline.execute(
            "push",
            SAMPLES.resolve(sample).toString(),
            "--sync",
            SAMPLES.resolve(expected.path("sync").asText()).toString(),
            "--work",
            folder.resolve("work").toString(),
            "--out",
            folder.resolve("out").toString(),
            "--record",
            requests.toString());

    assertThat(exitCode).as(output.toString()).isEqualTo(3);
    Report report = Report.parse(Files.readAllBytes(folder.resolve("out/report.json")));
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
            JSON.convertValue(
                expected.path("badRows"), new TypeReference<Map<String, String>>() {}));
    Set<Long> bad =
        badRows(report).keySet().stream().map(Long::valueOf).collect(Collectors.toSet());
    assertThat(received(requests, sent.split(", ")))
        .containsExactlyInAnyOrderElementsOf(goodRows(sample, bad, columns.split(", ")));
  }

  private static Map<String, Integer> codes(Report report) {
    Map<String, Integer> codes = new HashMap<>();
    report
        .reasons()
        .forEach(reason -> codes.merge(reason.code(), (int) reason.count(), Integer::sum));
    return codes;
  }

  private static Map<String, String> badRows(Report report) {
    Map<String, String> rows = new HashMap<>();
    report
        .reasons()
        .forEach(
            reason -> reason.firstRows().forEach(row -> rows.put(row.toString(), reason.code())));
    return rows;
  }

  /** Some values of each record that was sent, and the form of the log on the way. */
  private static List<List<String>> received(Path requests, String[] paths) throws IOException {
    String log = Files.readString(requests);
    assertThat(log.toLowerCase(Locale.ROOT)).doesNotContain("passcode");
    List<List<String>> received = new ArrayList<>();
    for (String line : log.lines().toList()) {
      JsonNode request = JSON.readTree(line);
      assertThat(request.propertyStream().map(Map.Entry::getKey))
          .containsExactly("method", "path", "headers", "body");
      assertThat(request.path("method").asText()).isEqualTo("POST");
      assertThat(request.path("path").asText()).isEqualTo("/1/upload");
      for (JsonNode record : request.path("body").path("d")) {
        List<String> values = new ArrayList<>();
        for (String path : paths) {
          values.add(text(record.at("/" + path)));
        }
        received.add(values);
      }
    }
    return received;
  }

  /** The same values of the rows of the sample that are not bad. */
  private static List<List<String>> goodRows(String sample, Set<Long> bad, String[] columns)
      throws IOException {
    List<List<String>> good = new ArrayList<>();
    long number = 0;
    try (Reader text = open(sample)) {
      if (sample.contains(".jsonl")) {
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
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .ofCsvRecord(text);
      List<String> header = null;
      for (CsvRecord row : rows) {
        if (header == null) {
          header = row.getFields();
        } else if (!bad.contains(++number)) {
          List<String> values = new ArrayList<>();
          for (String column : columns) {
            values.add(number(row.getField(header.indexOf(column))));
          }
          good.add(values);
        }
      }
      return good;
    }
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
