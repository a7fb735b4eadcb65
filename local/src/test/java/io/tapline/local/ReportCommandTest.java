package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.local.Pushes.Pushed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was pushed, listed and shown once more. */
class ReportCommandTest {

  private static final String STRANGER = "20260101T000000Z-0123456789abcdef";

  @TempDir private static Path folder;
  private static Pushes pushes;
  private static Pushed good;
  private static Pushed bad;

  @BeforeAll
  static void push() throws IOException {
    pushes = new Pushes(folder);
    pushes.write("good.csv", "identity,name\na,A\nb,B\n".getBytes(UTF_8));
    pushes.write("bad.csv", "identity,name\nnone,A\nb,B\n".getBytes(UTF_8));
    pushes.writeSync("vip.json", "\"threadCount\": 2");
    pushes.writeSync("customers.json", "\"skipOnInvalidRecord\": true");
    good = pushes.push("good.csv", "vip.json", List.of());
    bad = pushes.push("bad.csv", "customers.json", List.of());
    assertThat(good.exitCode()).as(good.output()).isZero();
    assertThat(bad.exitCode()).as(bad.output()).isEqualTo(3);
  }

  private static String job(Pushed pushed) throws IOException {
    return pushed.report().path("job").asText();
  }

  private static Pushed report(String... arguments) {
    List<String> all = new ArrayList<>(List.of("report", "--work", pushes.path("work")));
    all.addAll(List.of(arguments));
    return pushes.run(all);
  }

  @Test
  void listsJobsNewestFirst() throws IOException {
    String ofGood =
        job(good) + "  vip        COMPLETED\n    TIME  good.csv: 2 rows read, 2 accepted\n";
    String ofBad =
        job(bad)
            + "  customers  COMPLETED_WITH_REJECTIONS\n"
            + "    TIME  bad.csv: 2 rows read, 1 accepted, 1 rejected\n";
    // Both may have been put in one second.
    boolean isBadNewer = job(bad).compareTo(job(good)) > 0;

    Pushed listed = report();

    assertThat(listed.exitCode()).isZero();
    assertThat(listed.output().replaceAll("[0-9-]{10} [0-9:]{5} UTC", "TIME"))
        .isEqualTo(
            "2 jobs in %s\n\n%s%s\n%s\n"
                .formatted(
                    pushes.path("work"),
                    isBadNewer ? ofBad : ofGood,
                    isBadNewer ? ofGood : ofBad,
                    "\"tapline report JOB\" shows one; the beginning or the end of its id is"
                        + " enough."));
  }

  @ParameterizedTest(name = "report {0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --sync vip                 | 0 | 1 job in            | bad.csv
          --last 1                   | 0 | the newest 1 of 2 jobs in | --last 1
          --last 1                   | 0 | ; --last 2 lists all | --last 1
          --sync other               | 2 | sync other has no job in | good.csv
          --sync other               | 2 | those that have are customers, vip | good.csv
          --last 0                   | 2 | --last is 0; it must be 1 or more | good.csv
          --last x                   | 2 | --last              | good.csv
          --out out2                 | 2 | --out goes with a JOB | good.csv
          latest --last 2            | 2 | they go without a JOB | good.csv
          2                          | 2 | the ids of 2 jobs begin or end with 2: | good.csv
          """)
  void listsWhatIsWanted(String arguments, int exitCode, String with, String without) {
    Pushed listed = report(arguments.split(" "));

    assertThat(listed.exitCode()).as(listed.output()).isEqualTo(exitCode);
    assertThat(listed.output()).contains(with).doesNotContain(without, "Exception");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"whole, 0, 33", "its end, 25, 33"})
  void showsTheJobThatIsMeant(String rule, int from, int to) throws IOException {
    Pushed shown = report(job(bad).substring(from, to));

    assertThat(shown.exitCode()).isEqualTo(3);
    String text = bad.output().substring(bad.output().indexOf("COMPLETED_WITH_REJECTIONS"));
    assertThat(shown.output()).startsWith(text.substring(0, text.indexOf("report in")));
    assertThat(placeAfter("report in ", shown)).exists();
    assertThat(placeAfter("rejected rows in ", shown)).exists();
  }

  @Test
  void showsTheLatestJob() {
    assertThat(report().output().lines().toList().get(2))
        .startsWith(
            report("latest")
                .output()
                .lines()
                .filter(line -> line.startsWith("  job "))
                .findFirst()
                .orElseThrow()
                .split(" +")[2]);
  }

  @Test
  void copiesTheReport() throws IOException {
    Path out = folder.resolve("copies/of");

    assertThat(report(job(bad), "--out", out.toString()).output())
        .contains("report in " + out.resolve("report.html"))
        .contains("rejected rows in " + out.resolve("rejects.csv"));
    assertThat(out.resolve("report.json")).content().contains(job(bad));
    assertThat(out.resolve("report.html")).content().contains(job(bad));
    assertThat(out.resolve("rejects.csv")).content().contains("none,A,1,523,");

    assertThat(report(job(good), "--out", out.toString()).exitCode()).isZero();
    assertThat(out.resolve("report.json")).content().contains(job(good));
    assertThat(out.resolve("rejects.csv")).as("that of the other job").doesNotExist();
  }

  @Test
  void readsWhileAPushIsAtTheFolderAndLeavesItAsItIs() throws IOException {
    List<String> before = files();
    try (WorkFolder push = WorkFolder.lock(Path.of(pushes.path("work")))) {
      assertThat(report("latest").exitCode()).as(push.path().toString()).isIn(0, 3);
    }
    assertThat(files()).isEqualTo(before);
  }

  private static List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(pushes.path("work")))) {
      return files
          .filter(file -> !file.endsWith(".lock"))
          .map(ReportCommandTest::fileAndTime)
          .sorted()
          .toList();
    }
  }

  private static String fileAndTime(Path file) {
    try {
      return file + " " + Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"report,''", "redrive,''"})
  void namesTheJobThatMayBeMeant(String command, String none) throws IOException {
    String slip = job(good).substring(0, 20) + "x" + job(good).substring(21);

    for (String id : List.of(slip, STRANGER)) {
      Pushed unknown = pushes.run(List.of(command, id, "--work", pushes.path("work")));

      assertThat(unknown.exitCode()).as(unknown.output()).isEqualTo(2);
      assertThat(unknown.output())
          .isEqualTo(
              "there is no job %s in %s;%s \"tapline report --work %s\" lists those that there are%n"
                  .formatted(
                      id,
                      pushes.path("work"),
                      id.equals(slip) ? " did you mean " + job(good) + "?" : none,
                      pushes.path("work")));
    }
  }

  @Test
  void saysWhatToDoInAFolderWithoutJobs() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    Pushed listed = pushes.run(List.of("report", "--work", empty.toString()));
    Pushed latest = pushes.run(List.of("report", "latest", "--work", empty.toString()));
    Pushed missing = pushes.run(List.of("report", "--work", empty.resolve("x").toString()));

    assertThat(listed.exitCode()).isZero();
    assertThat(listed.output())
        .isEqualTo(
            "there is no job in " + empty + "\n./tapline push FILE --sync SYNC makes one.\n");
    assertThat(latest.exitCode()).isEqualTo(2);
    assertThat(latest.output()).isEqualTo("there is no job in " + empty + "\n");
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.output()).isEqualTo("--work: there is no folder " + empty + "/x\n");
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void readsABucket() throws Exception {
    try (EmbeddedS3 s3 = EmbeddedS3.start(Path.of(pushes.path("work")))) {
      Map<String, String> environment = new HashMap<>();
      environment.put("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
      environment.put("AWS_ACCESS_KEY_ID", s3.credentials().accessKeyId());
      environment.put("AWS_SECRET_ACCESS_KEY", s3.credentials().secretAccessKey());
      environment.put("AWS_REGION", "us-east-1");
      assertThat(tapline(environment, 0, "report", "--work", "s3://tapline-work"))
          .contains("2 jobs in s3://tapline-work", job(good), job(bad), "1 rejected");
      assertThat(tapline(environment, 3, "report", job(bad), "--work", "s3://tapline-work/"))
          .contains("report in s3://tapline-work/jobs/customers/" + job(bad) + "/report.html")
          .contains("rejected rows in s3://tapline-work/jobs/customers/");
      assertThat(tapline(environment, 2, "redrive", STRANGER, "--work", "s3://tapline-work"))
          .contains("there is no job " + STRANGER + " in s3://tapline-work;");
      assertThat(tapline(environment, 2, "report", "--work", "s3://other-bucket"))
          .isEqualTo(
              "s3://other-bucket can't be used: there is no such bucket; correct its name (the"
                  + " output WorkBucket of the stack tells it), or choose the AWS_PROFILE of its"
                  + " account\n");
    }
  }

  private static String tapline(Map<String, String> environment, int exitCode, String... arguments)
      throws Exception {
    try (ChildCommand child = ChildCommand.tapline(folder, environment, arguments)) {
      assertThat(child.exitCode()).as(child.output()).isEqualTo(exitCode);
      return child.output();
    }
  }

  @ParameterizedTest
  @CsvSource({"s3://", "s3://bucket/path", "s3://UPPER", "s3://b"})
  void wantsTheNameOfABucket(String work) {
    Pushed pushed = pushes.run(List.of("report", "--work", work));

    assertThat(pushed.exitCode()).isEqualTo(2);
    assertThat(pushed.output()).contains("write s3://BUCKET");
  }

  private static Path placeAfter(String words, Pushed pushed) {
    String line =
        pushed.output().lines().filter(l -> l.startsWith(words)).findFirst().orElseThrow();
    return Path.of(line.substring(words.length()));
  }
}
