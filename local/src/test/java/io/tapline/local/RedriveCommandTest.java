package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.local.Pushes.Pushed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedriveCommandTest {

  private static final String NEWEST = "20260101T000000Z-0123456789abcdef";

  @TempDir private Path folder;

  @Test
  void sendsWhatAStoppedRunDidNot() throws IOException {
    Pushes pushes = pushes("identity\na\nnone\nb\n", "\"skipOnInvalidRecord\": true");
    Pushed pushed = pushes.push("export.csv", "sync.json", List.of("--faults", "401=#1-9"));
    assertThat(pushed.exitCode()).as(pushed.output()).isEqualTo(4);
    assertThat(pushed.report().path("rows").path("notSent").asInt()).isEqualTo(2);

    Pushed redriven = redrive(pushes, job(pushed));

    assertThat(redriven.exitCode()).as(redriven.output()).isEqualTo(3);
    assertThat(redriven.output())
        .contains("run 2 for the rows that are open")
        .contains("pushed: 2 rows in");
    assertThat(redriven.report().path("runs").asInt()).isEqualTo(2);
    assertThat(redriven.report().path("rows").path("accepted").asInt()).isEqualTo(2);
    assertThat(redriven.report().path("rows").path("rejected").asInt()).isEqualTo(1);
    assertThat(pushes.records())
        .extracting(record -> record.path("identity").asText())
        .containsExactlyInAnyOrder("a", "b");
    assertThat(redrive(pushes, job(pushed)).output()).contains("nothing of job", "is open");
  }

  @Test
  void sendsEventsOfAnUnknownCallOnlyWhenAskedTo() throws IOException {
    Pushes pushes = pushes("identity,evtName\na,e\nb,e\n", "");
    pushes.write(
        "sync.json",
        """
        {"connection": "stand-in", "prefix": "exports/test/", "target": "USER_EVENTS",
         "threadCount": 1, "unknownOutcome": "hold"}
        """
            .getBytes(UTF_8));
    Pushed pushed = pushes.push("export.csv", "sync.json", List.of("--faults", "reset-after=#1"));
    assertThat(pushed.exitCode()).as(pushed.output()).isEqualTo(5);

    Pushed refused = redrive(pushes, job(pushed));
    Pushed redriven = redrive(pushes, job(pushed), "--unknown");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.output()).contains("--unknown");
    assertThat(redriven.exitCode()).as(redriven.output()).isZero();
    assertThat(redriven.report().path("rows").path("accepted").asInt()).isEqualTo(2);
    assertThat(redriven.report().path("sentAgainAfterUnknown").asInt()).isEqualTo(2);
    assertThat(redriven.output()).contains("pushed: 2 rows in", "2 events were sent again");
    assertThat(pushes.records()).hasSize(2);
  }

  @Test
  void pushesAnExportAnewThatARuleStopped() throws IOException {
    Pushes pushes = pushes("identity\na\nnone\nb\n", "\"skipOnInvalidRecord\": false");
    Pushed pushed = pushes.push("export.csv", "sync.json", List.of());
    assertThat(pushed.exitCode()).as(pushed.output()).isEqualTo(4);
    assertThat(redrive(pushes, job(pushed)).output()).contains("--restage");

    pushes.writeSync("sync.json", "\"skipOnInvalidRecord\": true");
    Pushed restaged = redrive(pushes, job(pushed), "--restage", "--sync", pushes.path("sync.json"));

    assertThat(restaged.exitCode()).as(restaged.output()).isEqualTo(3);
    JsonNode report = restaged.report();
    assertThat(report.path("job").asText()).isEqualTo(job(pushed) + "-2");
    assertThat(report.path("rows").path("accepted").asInt()).isEqualTo(2);
    assertThat(redrive(pushes, job(pushed) + "-2", "--restage").output())
        .contains("without --restage");
    assertThat(redrive(pushes, job(pushed), "--restage").output())
        .as("its rows were sent by the second job")
        .contains("job " + job(pushed) + "-2 of this export was sent");
  }

  @Test
  void pushesAnExportAnewWithTheSyncOfItsFolder() throws IOException {
    Pushes pushes = pushes("identity\nnone\n", "\"skipOnInvalidRecord\": false");
    Pushed pushed = pushes.push("export.csv", "sync.json", List.of());

    Pushed restaged = redrive(pushes, job(pushed), "--restage");

    assertThat(restaged.exitCode()).as(restaged.output()).isEqualTo(4);
    assertThat(restaged.report().path("job").asText()).isEqualTo(job(pushed) + "-2");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a job that nobody knows,         --stale,              there is no job",
    "a new job of rows that are open, --restage --stale,    goes without --stale",
    "other settings for a redrive,    --sync s.json,        goes with --restage",
  })
  void refuses(String what, String options, String message) {
    List<String> arguments = new ArrayList<>(List.of("redrive", NEWEST));
    arguments.addAll(List.of(options.split(" ")));
    arguments.addAll(List.of("--work", folder.resolve("work").toString()));

    Pushed refused = new Pushes(folder).run(arguments);

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.output()).contains(message);
  }

  private Pushes pushes(String export, String settings) throws IOException {
    Pushes pushes = new Pushes(folder);
    pushes.write("export.csv", export.getBytes(UTF_8));
    if (!settings.isEmpty()) {
      pushes.writeSync("sync.json", settings);
    }
    return pushes;
  }

  private Pushed redrive(Pushes pushes, String job, String... options) {
    List<String> arguments = new ArrayList<>(List.of("redrive", job));
    arguments.addAll(List.of(options));
    arguments.addAll(
        List.of(
            "--work", pushes.path("work"),
            "--out", pushes.path("out"),
            "--record", pushes.path("requests")));
    return pushes.run(arguments);
  }

  private static String job(Pushed pushed) throws IOException {
    return pushed.report().path("job").asText();
  }
}
