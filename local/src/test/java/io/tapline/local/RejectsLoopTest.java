package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.tapline.local.Pushes.Pushed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was rejected, corrected by a person and pushed again. */
class RejectsLoopTest {

  private static final String PROFILES =
      "\"target\": \"USER_PROFILES\", \"operation\": \"UPLOAD_USER_PROFILES\"";

  private static final String EXPORT =
      """
      identity,phone,zip,ltv,=note
      a,+12025550101,02139,1.5,n
      b,+12x,00501,2,=1+1
      c,x,10115,,'-
      """;

  @TempDir Path folder;

  /**
   * A way around.
   *
   * @param sync the settings of the sync beside connection, prefix and skipping
   * @param corrected what a person makes of the rejected rows
   * @param records what CleverTap gets of them, in any order
   */
  record Loop(
      String rule,
      String file,
      byte[] export,
      String sync,
      UnaryOperator<String> corrected,
      List<String> records) {

    @Override
    public String toString() {
      return rule;
    }
  }

  static Stream<Loop> loops() {
    List<String> profiles =
        List.of(
            "b {\"Phone\":\"+12025550102\",\"zip\":\"00501\",\"ltv\":2,\"=note\":\"=1+1\"}",
            "c {\"Phone\":\"+12025550103\",\"zip\":\"10115\",\"=note\":\"'-\"}");
    UnaryOperator<String> phones =
        file -> file.replace("'+12x", "'+12025550102").replace("c,x", "c,'+12025550103");
    return Stream.of(
        new Loop("CSV", "e.csv", bytes(EXPORT), PROFILES, phones, profiles),
        new Loop("gz", "e.csv.gz", gz(EXPORT), PROFILES, phones, profiles),
        new Loop(
            "without what keeps a spreadsheet from running a phone number",
            "e.csv",
            bytes(EXPORT),
            PROFILES,
            file -> file.replace("'+12x", "+12025550102").replace("c,x", "c,+12025550103"),
            profiles),
        new Loop(
            "saved by a spreadsheet: a byte order mark, other quotes",
            "e.csv",
            bytes(EXPORT),
            PROFILES,
            file -> savedBySpreadsheet(phones.apply(file)),
            profiles),
        new Loop(
            "saved by an editor: LF, an empty line at the end",
            "e.csv",
            bytes(EXPORT),
            PROFILES,
            file -> phones.apply(file).replace("\r\n", "\n") + "\n",
            profiles),
        new Loop(
            "TSV with its own null",
            "e.tsv",
            bytes(EXPORT.replace(",,", ",\\N,").replace(',', '\t')),
            PROFILES + ", \"format\": {\"nullText\": \"\\\\N\"}",
            phones,
            profiles),
        new Loop(
            "no header",
            "e.csv",
            bytes(EXPORT.substring(EXPORT.indexOf('\n') + 1).replace(',', '|')),
            PROFILES
                + ", \"format\": {\"header\": false, \"delimiter\": \"|\","
                + " \"columns\": [\"identity\", \"phone\", \"zip\", \"ltv\", \"=note\"]}",
            phones,
            profiles),
        new Loop(
            "renamed and declared columns",
            "e.csv",
            bytes("identity,tel,points\na,+12025550101,1\nb,x,7\n"),
            PROFILES
                + ", \"rename\": {\"tel\": \"Phone\"}, \"columnTypes\": {\"points\": \"string\"}",
            file -> file.replace(",x,", ",'+12025550102,"),
            List.of("b {\"Phone\":\"+12025550102\",\"points\":\"7\"}")),
        new Loop(
            "JSONL",
            "e.jsonl",
            bytes("{\"identity\":\"a\"}\n{\"identity\":\"b\",\"Age\":\"x\",\"n\":1.5}\n"),
            PROFILES,
            file -> file.replace("\"x\"", "40"),
            List.of("b {\"Age\":40,\"n\":1.5}")),
        new Loop(
            "JSONL of which the sync says that it is packed",
            "e.jsonl",
            gz("{\"identity\":\"a\"}\n{\"identity\":\"b\",\"Age\":\"x\"}\n"),
            PROFILES + ", \"format\": {\"compression\": \"gz\"}",
            file -> file.replace("\"x\"", "40"),
            List.of("b {\"Age\":40}")),
        new Loop(
            "events",
            "e.csv",
            bytes("identity,evtName,ts,amount\na,Paid,1793497585,1\nb,,1793497586,2.5\n"),
            "\"target\": \"USER_EVENTS\"",
            file -> file.replace("b,,", "b,Paid,"),
            List.of("b {\"amount\":2.5}")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("loops")
  void pushesTheCorrectedRowsAndOnlyThose(Loop loop) throws IOException {
    Pushes pushes = new Pushes(folder);
    pushes.write(loop.file, loop.export);
    writeSync(loop.sync);
    Pushed first = pushes.push(loop.file, "sync.json", List.of());
    assertThat(first.exitCode()).as(first.output()).isEqualTo(3);
    String rejects = loop.file.contains(".jsonl") ? "rejects.jsonl" : "rejects.csv";
    pushes.write(rejects, bytes(loop.corrected.apply(first.file(rejects))));

    Pushed second = pushes.push(rejects, "sync.json", List.of());

    assertThat(second.exitCode()).as(second.output()).isZero();
    assertThat(pushes.records().stream().map(RejectsLoopTest::words))
        .containsExactlyInAnyOrderElementsOf(loop.records);
    JsonNode report = second.report();
    assertThat(report.path("rows").path("read").asInt()).isEqualTo(loop.records.size());
    assertThat(report.path("rows").path("accepted").asInt()).isEqualTo(loop.records.size());
    assertThat(report.path("warnings")).isEmpty();
    // The columns have the types that they had, and no other columns are there.
    assertThat(report.path("columns")).isEqualTo(first.report().path("columns"));
    // No row was rejected: no file says so, nor does that of the push before.
    assertThat(second.reports()).containsOnlyKeys("report.json", "report.html");
    assertThat(second.output()).doesNotContain("rejected rows in");
  }

  @Test
  void whatIsRejectedOnceMoreComesBackOnceMore() throws IOException {
    Pushes pushes = new Pushes(folder);
    pushes.write("e.csv", bytes(EXPORT));
    writeSync(PROFILES);
    String rejects = pushes.push("e.csv", "sync.json", List.of()).file("rejects.csv");
    pushes.write("rejects.csv", bytes(rejects.replace("'+12x", "'+12025550102")));

    Pushed second = pushes.push("rejects.csv", "sync.json", List.of());

    assertThat(second.exitCode()).as(second.output()).isEqualTo(3);
    String left = second.file("rejects.csv");
    assertThat(left.lines())
        .hasSize(2)
        .element(0)
        .isEqualTo("identity,phone,zip,ltv,'=note,_row,_code,_reason");
    assertThat(left.lines().toList().get(1)).startsWith("c,x,10115,,''-,2,516,");
    pushes.write("rejects.csv", bytes(left.replace("c,x", "c,'+12025550103")));

    Pushed third = pushes.push("rejects.csv", "sync.json", List.of());

    assertThat(third.exitCode()).as(third.output()).isZero();
    assertThat(pushes.records().stream().map(RejectsLoopTest::words))
        .containsExactly("c {\"Phone\":\"+12025550103\",\"zip\":\"10115\",\"=note\":\"'-\"}");
  }

  @Test
  void allThatIsWrongWithTheSampleCanBePutRight() throws IOException {
    Pushes pushes = new Pushes(folder);
    pushes.write("profiles.csv.gz", Files.readAllBytes(Path.of("../samples/profiles.csv.gz")));
    pushes.write("profiles.json", Files.readAllBytes(Path.of("../samples/profiles.json")));
    Pushed first = pushes.push("profiles.csv.gz", "profiles.json", List.of());
    pushes.write("rejects.csv", bytes(withIdentityOnly(first.file("rejects.csv"))));

    Pushed second = pushes.push("rejects.csv", "profiles.json", List.of());

    assertThat(second.exitCode()).as(second.output()).isZero();
    JsonNode report = second.report();
    // Of the 14 rows three could not be read, and two of the others had nobody's name.
    assertThat(report.path("rows").path("read").asInt()).isEqualTo(11);
    assertThat(report.path("rows").path("accepted").asInt()).isEqualTo(11);
    assertThat(report.path("warnings"))
        .extracting(warning -> warning.path("code").asText())
        .containsExactly("ROWS_NOT_KEPT");
    assertThat(report.path("columns")).isEqualTo(first.report().path("columns"));
  }

  @Test
  void rejectedMembersDoNotTakeThePlaceOfAList() throws IOException {
    Pushes pushes = new Pushes(folder);
    pushes.write("e.csv", bytes("type,identity\ni,a\nx,b\n"));
    writeList("CREATE_NEW_SEGMENT");
    Pushed first = pushes.push("e.csv", "sync.json", List.of());
    assertThat(first.exitCode()).as(first.output()).isEqualTo(3);
    pushes.write("rejects.csv", bytes(first.file("rejects.csv").replace("x,b", "i,b")));

    writeList("UPDATE_EXISTING_SEGMENT");
    Pushed replacing = pushes.push("rejects.csv", "sync.json", List.of());
    assertThat(replacing.exitCode()).as(replacing.output()).isEqualTo(4);
    assertThat(replacing.report().path("stopped").path("code").asText())
        .isEqualTo("LIST_OF_REJECTS");
    assertThat(replacing.report().path("calls").path("total").asInt()).isZero();

    writeList("CREATE_NEW_SEGMENT");
    Pushed created = pushes.push("rejects.csv", "sync.json", List.of("--again"));
    assertThat(created.exitCode()).as(created.output()).isZero();
    assertThat(created.report().path("rows").path("accepted").asInt()).isEqualTo(1);
  }

  @Test
  void saysWhereTheTypesOfTheSyncAreNotKnown() throws IOException {
    Pushes pushes = new Pushes(folder);
    pushes.write("rejects.csv", bytes("identity,zip,_row,_code,_reason\na,10115,1,516,x\n"));
    writeSync(PROFILES);

    Pushed pushed = pushes.push("rejects.csv", "sync.json", List.of());

    assertThat(pushed.exitCode()).as(pushed.output()).isZero();
    assertThat(pushed.output()).contains("TYPES_OF_FEW_ROWS", "\"zip\"", "columnTypes");
  }

  private void writeSync(String settings) throws IOException {
    Files.writeString(
        folder.resolve("sync.json"),
        """
        {"connection": "stand-in", "prefix": "exports/test/", "skipOnInvalidRecord": true, %s}
        """
            .formatted(settings));
  }

  private void writeList(String mode) throws IOException {
    writeSync(
        """
        "target": "CUSTOM_LIST", "customList":
        {"name": "VIPs", "userEmail": "admin@example.com", "mode": "%s"}
        """
            .formatted(mode));
  }

  private static String words(JsonNode record) {
    JsonNode profile = record.path("profileData");
    return record.path("identity").asText()
        + " "
        + (profile.isMissingNode() ? record.path("evtData") : profile);
  }

  private static String savedBySpreadsheet(String csv) {
    StringWriter saved = new StringWriter();
    saved.write('\uFEFF');
    try (CsvReader<CsvRecord> records = CsvReader.builder().ofCsvRecord(csv);
        CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(saved)) {
      records.forEach(record -> writer.writeRecord(record.getFields()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return saved.toString();
  }

  /** Rows with a made-up identity where they hold anything, and nothing in the other columns. */
  private static String withIdentityOnly(String csv) {
    StringWriter corrected = new StringWriter();
    try (CsvReader<CsvRecord> records = CsvReader.builder().ofCsvRecord(csv);
        CsvWriter writer = CsvWriter.builder().build(corrected)) {
      for (CsvRecord record : records) {
        List<String> fields = record.getFields();
        int own = fields.size() - 3;
        boolean kept = fields.subList(0, own).stream().anyMatch(field -> !field.isEmpty());
        if (record.getStartingLineNumber() == 1 || !kept) {
          writer.writeRecord(fields);
        } else {
          String[] cells = new String[fields.size()];
          cells[0] = "corrected-" + fields.get(own);
          for (int i = 1; i < cells.length; i++) {
            cells[i] = i < own ? "" : fields.get(i);
          }
          writer.writeRecord(cells);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return corrected.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] gz(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gz = new GZIPOutputStream(packed)) {
      gz.write(bytes(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
