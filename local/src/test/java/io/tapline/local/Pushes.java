package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.local.standin.StandIn;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Runs the command line as its users do, in a folder of its own. */
final class Pushes {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path folder;

  Pushes(Path folder) {
    this.folder = folder;
  }

  /** The text of a sync of profiles with these settings beside those that it must have. */
  static String sync(String settings) {
    return """
    {"connection": "stand-in", "prefix": "exports/test/", "target": "USER_PROFILES",
     "operation": "UPLOAD_USER_PROFILES", %s}
    """
        .formatted(settings);
  }

  /** The text of a connection that leads to a stand-in. */
  static String connection(StandIn cleverTap) {
    return """
    {"accountId": "%s", "passcode": "%s", "baseUrl": "%s"}
    """
        .formatted(cleverTap.accountId(), cleverTap.passcode(), cleverTap.baseUri());
  }

  void write(String file, byte[] content) throws IOException {
    Files.write(folder.resolve(file), content);
  }

  void writeSync(String file, String settings) throws IOException {
    Files.writeString(folder.resolve(file), sync(settings));
  }

  String path(String file) {
    return folder.resolve(file).toString();
  }

  /** Pushes a file, reports to {@code out}, and records what the stand-in accepts. */
  Pushed push(String file, String sync, List<String> options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "push",
                path(file),
                "--sync",
                path(sync),
                "--out",
                path("out"),
                "--work",
                path("work")));
    if (options.contains("--clevertap") || !usesStandIn(sync)) {
      arguments.addAll(options);
      return run(arguments);
    }
    if (!options.contains("--record")) {
      arguments.addAll(List.of("--record", path("requests")));
    }
    arguments.addAll(options);
    return run(arguments);
  }

  private boolean usesStandIn(String sync) {
    try {
      return Files.readString(folder.resolve(sync)).contains("\"stand-in\"");
    } catch (IOException e) {
      return false;
    }
  }

  Pushed run(List<String> arguments) {
    StringWriter output = new StringWriter();
    PrintWriter printer = new PrintWriter(output);
    CommandLine commandLine = Main.commandLine().setOut(printer).setErr(printer);
    OtherSecond.await(folder);
    int exitCode = commandLine.execute(arguments.toArray(String[]::new));
    if (arguments.getFirst().equals("push")) {
      OtherSecond.pushed(folder);
    }
    return new Pushed(exitCode, output.toString(), reports(), hasRequests());
  }

  private Map<String, String> reports() {
    Map<String, String> reports = new HashMap<>();
    for (String name : List.of("report.json", "report.html", "rejects.csv", "rejects.jsonl")) {
      Path report = folder.resolve("out").resolve(name);
      if (Files.exists(report)) {
        reports.put(name, read(report));
      }
    }
    return reports;
  }

  private boolean hasRequests() {
    Path requests = folder.resolve("requests");
    return Files.exists(requests) && !read(requests).isEmpty();
  }

  /** The records of the calls of the last push of which CleverTap accepted something. */
  List<JsonNode> records() throws IOException {
    List<JsonNode> records = new ArrayList<>();
    for (String line : read(folder.resolve("requests")).lines().toList()) {
      JSON.readTree(line).path("body").path("d").forEach(records::add);
    }
    return records;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What a command did.
   *
   * @param reports those that it left, by name
   * @param hasRequests whether the stand-in accepted anything
   */
  record Pushed(int exitCode, String output, Map<String, String> reports, boolean hasRequests) {

    String file(String name) {
      assertThat(reports).as(output).containsKey(name);
      return reports.get(name);
    }

    /** The report, which is checked to have every key and to add up. */
    JsonNode report() throws IOException {
      JsonNode report = JSON.readTree(file("report.json"));
      assertIsWhole(report);
      return report;
    }
  }

  /** Scripts rely on every key, also where there is nothing to say. */
  private static void assertIsWhole(JsonNode report) {
    assertThat(names(report))
        .containsExactly(
            "job",
            "sync",
            "export",
            "status",
            "startedAt",
            "finishedAt",
            "rows",
            "sentAgainAfterUnknown",
            "runs",
            "calls",
            "chunks",
            "reasons",
            "columns",
            "segment",
            "stopped",
            "warnings",
            "timeline");
    assertThat(names(report.path("export"))).containsExactly("bucket", "key", "version", "bytes");
    assertThat(names(report.path("calls"))).containsExactly("total", "retries", "throttled");
    assertThat(names(report.path("chunks"))).containsExactly("total", "done", "failed");
    report
        .path("reasons")
        .forEach(
            reason ->
                assertThat(names(reason))
                    .containsExactly(
                        "by", "code", "column", "count", "reason", "firstRows", "examples"));
    report
        .path("columns")
        .forEach(column -> assertThat(names(column)).containsExactly("name", "sentAs", "type"));
    report
        .path("warnings")
        .forEach(
            warning -> assertThat(names(warning)).containsExactly("code", "message", "answer"));
    report
        .path("timeline")
        .forEach(
            point -> assertThat(names(point)).containsExactly("at", "rows", "calls", "throttled"));
    if (!report.path("stopped").isNull()) {
      assertThat(names(report.path("stopped"))).containsExactly("code", "message", "row");
    }
    JsonNode rows = report.path("rows");
    assertThat(names(rows))
        .containsExactly("read", "accepted", "rejected", "refused", "failed", "unknown", "notSent");
    long sum = -rows.path("read").asLong();
    for (JsonNode count : rows) {
      sum += count.asLong();
    }
    assertThat(sum).as(rows.toString()).isEqualTo(rows.path("read").asLong());
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
