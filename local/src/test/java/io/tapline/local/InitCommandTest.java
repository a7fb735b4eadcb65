package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapline.local.Pushes.Pushed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code tapline init} as its users call it, and a push with what it wrote. */
class InitCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SAMPLES = Path.of("../samples");

  @TempDir private Path folder;

  /**
   * Accepted are as many rows as with the sync that comes with the sample, but for those in whose
   * column that sync declares a type: without it they are sent as text.
   */
  @ParameterizedTest
  @CsvSource({
    "profiles.csv.gz, '', 1",
    "events.csv, '', 0",
    "events.jsonl.gz, '', 1",
    "tokens.csv, '', 0",
    "demerge.csv, '', 0",
    "subscription.csv, '', 0",
    "disassociate.csv, '--columns value,changed_at', 0",
    "custom-list.csv, '', 0"
  })
  void writesASyncThatPushes(String sample, String options, int more) throws IOException {
    Pushes pushes = new Pushes(folder);
    pushes.write(sample, Files.readAllBytes(SAMPLES.resolve(sample)));

    Pushed init = init(sample, options);
    Pushed pushed = pushes.push(sample, "sync.json", List.of());

    assertThat(init.exitCode()).as(init.output()).isZero();
    assertThat(init.output())
        .contains("./tapline check " + pushes.path(sample) + " --sync " + pushes.path("sync.json"))
        .contains("./tapline push ");
    assertThat(pushed.exitCode()).as(pushed.output()).isEqualTo(3);
    JsonNode expected =
        JSON.readTree(SAMPLES.resolve("expected.json").toFile()).path(sample).path("rows");
    assertThat(pushed.report().path("rows").path("accepted").asInt())
        .isEqualTo(expected.path("accepted").asInt() + more);
    assertThat(init.output())
        .contains("%d rows of".formatted(expected.path("rejected").asInt() - more));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "no file      | none.csv | ''                          | there is no file / none.csv",
        "a folder     | .        | ''                          | is a folder; name the export",
        "no such kind | a.csv    | --kind profile              | --kind is profile; it must be one"
            + " of profiles, tokens,",
        "no such column | a.csv  | --identity nobody           | --identity: there is no column"
            + " nobody; the export has identity, name",
        "renames nothing | a.csv | --rename nobody=Name        | --rename: there is no column"
            + " nobody",
        "a bad name   | a.csv    | --out DIR/no name.json      | it must end in NAME.json",
        "no JSON      | a.csv    | --out DIR/sync.txt          | it must end in NAME.json",
        "no folder    | a.csv    | --out DIR/none/sync.json    | there is no folder",
        "the export   | a.json   | --out DIR/a.json --force    | which is the export itself",
        "a file there | a.csv    | --out DIR/there.json        | is there already and was left as"
            + " it is / --force"
      })
  void writesNothing(String rule, String file, String options, String messages) throws IOException {
    Pushes pushes = new Pushes(folder);
    pushes.write("a.csv", "identity,name\na,A\n".getBytes(UTF_8));
    pushes.write("a.json", "{\"identity\":\"a\"}\n".getBytes(UTF_8));
    pushes.write("there.json", "mine".getBytes(UTF_8));
    List<String> arguments = new ArrayList<>(List.of("init", pushes.path(file)));
    for (String option : options.isEmpty() ? new String[0] : options.split(" (?!name)")) {
      arguments.add(option.replace("DIR", folder.toString()));
    }
    if (!options.contains("--out")) {
      arguments.addAll(List.of("--out", pushes.path("sync.json")));
    }

    Pushed init = pushes.run(arguments);

    assertThat(init.exitCode()).as(init.output()).isEqualTo(2);
    assertThat(init.output()).contains(messages.split(" / ")).doesNotContain("Exception");
    assertThat(folder.resolve("sync.json")).doesNotExist();
    assertThat(folder.resolve("there.json")).hasContent("mine");
  }

  @Test
  void writesOverASyncWhenItIsTold() throws IOException {
    Pushes pushes = new Pushes(folder);
    pushes.write("a.csv", "identity,name\na,A\n".getBytes(UTF_8));
    pushes.write("sync.json", "mine".getBytes(UTF_8));

    Pushed init = init("a.csv", "--force");

    assertThat(init.exitCode()).as(init.output()).isZero();
    assertThat(folder.resolve("sync.json"))
        .hasContent(
            """
            {
              "connection": "stand-in",
              "prefix": "exports/sync/",
              "target": "USER_PROFILES",
              "operation": "UPLOAD_USER_PROFILES",
              "skipOnInvalidRecord": true
            }
            """);
  }

  private Pushed init(String file, String options) {
    Pushes pushes = new Pushes(folder);
    List<String> arguments =
        new ArrayList<>(List.of("init", pushes.path(file), "--out", pushes.path("sync.json")));
    if (!options.isEmpty()) {
      arguments.addAll(List.of(options.split(" ")));
    }
    return pushes.run(arguments);
  }
}
