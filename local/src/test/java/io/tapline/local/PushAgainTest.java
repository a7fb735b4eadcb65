package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.local.Pushes.Pushed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushing a file once more, and pushing what was rejected. */
class PushAgainTest {

  private static final String SKIP = "\"skipOnInvalidRecord\": true";
  private static final String NO_OPTIONS = "\"threadCount\": 2";

  @TempDir Path folder;

  @Test
  void pushesAFileOnceUnlessAskedAgain() throws IOException {
    Pushes pushes = new Pushes(folder);
    pushes.write("good.csv", "identity,name\na,A\nb,B\n".getBytes(UTF_8));
    pushes.writeSync("sync.json", NO_OPTIONS);

    Pushed first = pushes.push("good.csv", "sync.json", List.of());
    Pushed second = pushes.push("good.csv", "sync.json", List.of());
    Pushed third = pushes.push("good.csv", "sync.json", List.of("--again"));

    assertThat(first.exitCode()).as(first.output()).isZero();
    String job = first.report().path("job").asText();
    assertThat(second.exitCode()).isEqualTo(2);
    assertThat(second.output()).contains(job, "add --again");
    assertThat(third.exitCode()).as(third.output()).isZero();
    JsonNode again = third.report();
    assertThat(again.path("job").asText()).isEqualTo(job + "-2");
    assertThat(again.path("rows").path("accepted").asInt()).isEqualTo(2);
    assertThat(pushes.records()).extracting(r -> r.path("identity").asText()).hasSize(2);
  }

  @Test
  void pushesAFileAgainOverANewerOne() throws IOException {
    Pushes pushes = new Pushes(folder);
    pushes.write("good.csv", "identity,name\na,A\n".getBytes(UTF_8));
    pushes.write("newer.csv", "identity,name\na,B\n".getBytes(UTF_8));
    pushes.writeSync("sync.json", NO_OPTIONS);
    pushes.push("good.csv", "sync.json", List.of());
    pushes.push("newer.csv", "sync.json", List.of());

    Pushed again = pushes.push("good.csv", "sync.json", List.of("--again"));

    assertThat(again.exitCode()).as(again.output()).isZero();
  }

  @Test
  void doesNotOverwriteTheRejectsThatItPushes() throws IOException {
    Pushes pushes = new Pushes(folder);
    Path out = Files.createDirectories(folder.resolve("corrected"));
    Files.writeString(out.resolve("rejects.csv"), "identity,name\na,A\n");
    pushes.writeSync("sync.json", NO_OPTIONS);

    Pushed pushed =
        pushes.run(
            List.of(
                "push",
                out.resolve("rejects.csv").toString(),
                "--sync",
                pushes.path("sync.json"),
                "--out",
                out.toString(),
                "--work",
                pushes.path("work")));

    assertThat(pushed.exitCode()).as(pushed.output()).isEqualTo(2);
    assertThat(pushed.output()).contains("would overwrite", "rejects.csv");
    assertThat(out.resolve("rejects.csv")).hasContent("identity,name\na,A\n");
  }

  @Test
  void saysThatAnotherPushUsesTheFolder() throws IOException {
    Pushes pushes = new Pushes(folder);
    pushes.write("good.csv", "identity,name\na,A\n".getBytes(UTF_8));
    pushes.writeSync("sync.json", NO_OPTIONS);
    Path work = Path.of(pushes.path("work"));

    try (WorkFolder other = WorkFolder.lock(work)) {
      Pushed pushed = pushes.push("good.csv", "sync.json", List.of());

      assertThat(pushed.exitCode()).as(pushed.output()).isEqualTo(2);
      assertThat(pushed.output()).contains("another command", other.path().toString());
    }
  }

  @Test
  void keepsTheWorkFolderFromOtherUsers() throws IOException {
    Path work = folder.resolve("fresh/work");

    try (WorkFolder locked = WorkFolder.lock(work)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(locked.path())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void pushesCorrectedRejectsAndOnlyThose() throws IOException {
    Pushes pushes = new Pushes(folder);
    pushes.write(
        "good.csv",
        ("identity,phone,zip,ltv\na,+12025550101,02139,1.5\nb,+12x,00501,2\nc,x,2,3\n"
                + "d,\"1\",2\n")
            .getBytes(UTF_8));
    pushes.writeSync("sync.json", SKIP);
    Pushed first = pushes.push("good.csv", "sync.json", List.of());
    assertThat(first.exitCode()).as(first.output()).isEqualTo(3);
    String rejects = first.file("rejects.csv");
    assertThat(rejects).contains("b,'+12x,00501,2,2,516,");
    Files.writeString(
        folder.resolve("rejects.csv"),
        rejects.replace("'+12x", "'+12025550102").replace("c,x", "c,'+12025550103"));

    Pushed second = pushes.push("rejects.csv", "sync.json", List.of());

    assertThat(second.exitCode()).as(second.output()).isZero();
    JsonNode report = second.report();
    assertThat(report.path("rows").path("read").asInt()).isEqualTo(2);
    assertThat(report.path("warnings").path(0).path("code").asText()).isEqualTo("ROWS_NOT_KEPT");
    assertThat(pushes.records().stream().map(r -> r.path("profileData").toString()))
        .containsExactlyInAnyOrder(
            "{\"Phone\":\"+12025550102\",\"zip\":\"00501\",\"ltv\":2}",
            "{\"Phone\":\"+12025550103\",\"zip\":\"2\",\"ltv\":3}");
  }

  @Test
  void saysWhereTheReportIsWithoutOut() throws IOException {
    Pushes pushes = new Pushes(folder);
    pushes.write("bad.csv", "identity\na\nnull\n".getBytes(UTF_8));
    pushes.writeSync("sync.json", SKIP);

    Pushed pushed =
        pushes.run(
            List.of(
                "push",
                pushes.path("bad.csv"),
                "--sync",
                pushes.path("sync.json"),
                "--work",
                pushes.path("work")));

    assertThat(pushed.exitCode()).as(pushed.output()).isEqualTo(3);
    assertThat(placeAfter("report in ", pushed)).exists();
    assertThat(placeAfter("rejected rows in ", pushed)).exists();
  }

  private static Path placeAfter(String words, Pushed pushed) {
    String line =
        pushed.output().lines().filter(l -> l.startsWith(words)).findFirst().orElseThrow();
    return Path.of(line.substring(words.length()));
  }

  @Test
  void pushesCorrectedLinesOfJson() throws IOException {
    Pushes pushes = new Pushes(folder);
    pushes.write(
        "good.jsonl", "{\"identity\":\"a\"}\n{\"identity\":\"b\",\"Age\":\"x\"}\n".getBytes(UTF_8));
    pushes.writeSync("sync.json", SKIP);
    Pushed first = pushes.push("good.jsonl", "sync.json", List.of());
    assertThat(first.exitCode()).as(first.output()).isEqualTo(3);
    String rejects = first.file("rejects.jsonl");
    assertThat(rejects).isEqualTo("{\"identity\":\"b\",\"Age\":\"x\"}\n");
    Files.writeString(folder.resolve("rejects.jsonl"), rejects.replace("\"x\"", "40"));

    Pushed second = pushes.push("rejects.jsonl", "sync.json", List.of());

    assertThat(second.exitCode()).as(second.output()).isZero();
    assertThat(pushes.records())
        .singleElement()
        .satisfies(r -> assertThat(r.path("profileData").path("Age").asInt()).isEqualTo(40));
  }
}
