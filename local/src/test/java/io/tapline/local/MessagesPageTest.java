package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.local.MessageScene.Said;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every message that ends a command before it did anything, brought about as a user would: the page
 * has it, and it says where and what to do. What ends a push later is told in its report, see
 * {@link BadExportTest}.
 */
class MessagesPageTest {

  private static final String JOB = "20260101T000000Z-0123456789abcdef";
  private static final Map<String, String> NO_KEYS =
      Map.of("AWS_ACCESS_KEY_ID", "", "AWS_SECRET_ACCESS_KEY", "");

  private static final String USER_HOME = "user.home";

  @TempDir private Path folder;
  private String home;

  private interface Play {
    Said in(MessageScene scene) throws Exception;
  }

  /**
   * A message.
   *
   * @param why as the page says it
   * @param place what it names
   */
  private record Case(String why, String place, Play play) {

    @Override
    public String toString() {
      return why;
    }
  }

  private static Case of(String why, String place, Play play) {
    return new Case(why, place, play);
  }

  private static Case sync(String why, String place, String settings) {
    return of(why, place, scene -> scene.sync(settings).push());
  }

  private static Case syncText(String why, String place, String json) {
    return of(why, place, scene -> scene.file("sync.json", json).push());
  }

  private static Case connection(String why, String place, String json) {
    return of(why, place, scene -> scene.connection(json).push());
  }

  static Stream<Case> usage() {
    return Stream.of(
        of("push has no such option", "--nope", scene -> scene.push("--nope")),
        of("push is given no sync", "--sync", scene -> scene.run("push", "good.csv")),
        of("push is given no export", "FILE", scene -> scene.run("push", "--sync", "sync.json")),
        of("a port is no number", "--port-s3", scene -> scene.run("serve", "--port-s3", "x")),
        of("a port is too high", "--port-sqs", scene -> scene.run("serve", "--port-sqs", "65536")),
        of("a port is taken", "--port-s3", MessagesPageTest::serveAtATakenPort),
        of(
            "serve is given a sync where it has none",
            "--sync",
            scene -> scene.run("serve", "--without-functions", "--sync", "sync.json")),
        of("chaos is told to do nothing", "--runs", scene -> scene.run("chaos", "--runs", "0")),
        of(
            "a job is to be pushed anew, and the rest of it, too",
            "--restage",
            scene -> scene.run("redrive", JOB, "--restage", "--stale")),
        of(
            "a redrive is given a sync",
            "--sync",
            scene -> scene.run("redrive", JOB, "--sync", "sync.json")),
        of(
            "a redrive on AWS is given a sync of this machine",
            "--sync",
            scene ->
                scene.run(
                    "redrive", JOB, "--restage", "--sync", "sync.json", "--work", "s3://bucket")));
  }

  private static Said serveAtATakenPort(MessageScene scene) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return scene.run("serve", "--port-s3", String.valueOf(taken.getLocalPort()));
    }
  }

  static Stream<Case> files() {
    String longName = "n".repeat(201) + ".csv";
    return Stream.of(
        of("there is no such export", "none.csv", s -> s.run("push", "none.csv", "--sync", "s")),
        of("the export is a folder", "folder", s -> s.run("push", "folder", "--sync", "s")),
        of(
            "the export has too long a name",
            longName,
            scene ->
                scene
                    .file(longName, "identity\na\n")
                    .run("push", scene.path(longName).toString(), "--sync", "sync.json")),
        of(
            "there is no such sync",
            "none.json",
            s -> s.run("push", "good.csv", "--sync", "none.json")),
        of("the sync is a folder", "folder", s -> s.run("push", "good.csv", "--sync", "folder")),
        of(
            "the name of a sync's file is none of a sync",
            "my sync.json",
            scene ->
                scene
                    .file("my sync.json", MessageScene.GOOD_SYNC)
                    .run("push", "good.csv", "--sync", "my sync.json")),
        of("--out is a file", "--out", scene -> scene.push("--out", "good.csv")),
        of(
            "--out is where the export lies",
            "--out",
            scene ->
                scene
                    .file("out/rejects.csv", "identity\na\n")
                    .run(
                        "push",
                        scene.path("out/rejects.csv").toString(),
                        "--sync",
                        "sync.json",
                        "--out",
                        "out")),
        of("--work is a file", "--work", scene -> scene.push("--work", "good.csv")),
        of("--work is a bucket", "--work", scene -> scene.push("--work", "s3://bucket")),
        of("another command works in the folder", "work", MessagesPageTest::pushWhileInUse));
  }

  private static Said pushWhileInUse(MessageScene scene) {
    try (WorkFolder held = WorkFolder.lock(scene.path("work"))) {
      return scene.push("--work", held.path().toString());
    }
  }

  static Stream<Case> standIn() {
    return Stream.of(
        of("no such fault", "--faults", scene -> scene.push("--faults", "429=1,slow=1")),
        of("a fault of no API", "--faults", scene -> scene.push("--faults", "put:429=1")),
        of("no share of calls", "--faults", scene -> scene.push("--faults", "429=often")),
        of("no duration", "--faults", scene -> scene.push("--faults", "latency=200")),
        of("no such stand-in", "--clevertap", scene -> scene.push("--clevertap", "eu1")),
        of("no place for a record", "folder", scene -> scene.push("--record", "folder")),
        of(
            "a fault of CleverTap itself",
            "--clevertap stand-in",
            scene -> scene.connection("{}").push("--faults", "429=1")));
  }

  static Stream<Case> settings() {
    return Stream.of(
        syncText("an empty file", "sync.json", ""),
        syncText("a list", "sync.json", "[]"),
        syncText("JSON that ends early", "line 1, column 16", "{\"threadCount\":"),
        syncText("a comma too many", "line 1, column 18", "{\"threadCount\":5,}"),
        syncText("a comma too few", "line 2, column 1", "{\"target\":\"x\"\n\"a\":1}"),
        syncText("no quotes", "line 1, column 2", "{threadCount: 5}"),
        syncText("single quotes", "line 1, column 2", "{'threadCount': 5}"),
        syncText("a comment", "line 1, column 3", "{ // five\n}"),
        of(
            "not in UTF-8",
            "sync.json",
            scene ->
                scene
                    .file("sync.json", "{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1))
                    .push()),
        sync("a key that comes twice", "line 2, column", "\"threadCount\":5,\"threadCount\":6"),
        sync("a mistyped key", "thredCount", "\"thredCount\": 5"),
        sync("a key that is none", "retry.speed", "\"retry\": {\"speed\": 5}"),
        sync("out of range", "threadCount", "\"threadCount\": 12"),
        sync("a number in quotes", "threadCount", "\"threadCount\": \"5\""),
        sync("no unit", "retry.firstDelay", "\"retry\": {\"firstDelay\": 200}"),
        sync("no truth value", "skipOnInvalidRecord", "\"skipOnInvalidRecord\": \"yes\""),
        sync("a limit without what it limits", "maxInvalidRecords", "\"maxInvalidRecords\": 5"),
        sync("a type that is none", "columnTypes.zip", "\"columnTypes\": {\"zip\": \"text\"}"),
        syncText("nothing that is required", "connection", "{}"),
        syncText(
            "a custom list without an address",
            "customList.userEmail",
            """
            {"connection": "stand-in", "prefix": "p/", "target": "CUSTOM_LIST", "customList":
             {"name": "VIPs", "userEmail": "Ann", "mode": "CREATE_NEW_SEGMENT"}}
            """),
        sync("an export from before", "since", "\"since\": \"2999-01-01T00:00:00Z\""),
        of("a file that was pushed", "job ", MessagesPageTest::pushTwice));
  }

  private static Said pushTwice(MessageScene scene) {
    assertThat(scene.push().exitCode()).isZero();
    return scene.push();
  }

  static Stream<Case> connections() {
    return Stream.of(
        of(
            "no such connection",
            "TAPLINE_CONNECTION_NONE",
            scene ->
                scene.file("sync.json", MessageScene.GOOD_SYNC.replace("stand-in", "none")).push()),
        connection("a connection that is no JSON", "prod.json", "accountId=ABC"),
        connection(
            "no passcode",
            "passcode",
            "{\"accountId\":\"A\",\"passcode\":\"\",\"region\":\"in1\"}"),
        connection(
            "a passcode with a blank",
            "passcode",
            "{\"accountId\":\"A\",\"passcode\":\"a b\",\"region\":\"in1\"}"),
        connection(
            "no such region",
            "region",
            "{\"accountId\":\"A\",\"passcode\":\"p\",\"region\":\"India\"}"),
        connection("no region", "region", "{\"accountId\":\"A\",\"passcode\":\"p\"}"),
        connection(
            "an address that is not safe",
            "baseUrl",
            "{\"accountId\":\"A\",\"passcode\":\"p\",\"baseUrl\":\"http://example.com\"}"),
        of(
            "a connection that can't be read",
            "prod.json",
            scene -> {
              scene.connection("{}");
              Files.delete(scene.path(".tapline/connections/prod.json"));
              Files.createDirectory(scene.path(".tapline/connections/prod.json"));
              return scene.push();
            }));
  }

  static Stream<Case> aws() {
    return Stream.of(
        of(
            "an S3 without an SQS",
            "AWS_ENDPOINT_URL_S3",
            scene -> push(scene, Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1"))),
        of(
            "no service at the endpoint",
            "AWS_ENDPOINT_URL",
            scene -> push(scene, Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1"))),
        of("no credentials", "s3://my-work", scene -> redrive(scene, NO_KEYS)),
        of("no region of AWS", "s3://my-work", scene -> redrive(scene, Map.of("AWS_REGION", ""))),
        of("no access", "s3://my-work", scene -> redriveAgainst(scene, "AccessDenied")),
        of(
            "a bucket elsewhere",
            "s3://my-work",
            scene -> redriveAgainst(scene, "PermanentRedirect")));
  }

  private static Said push(MessageScene scene, Map<String, String> environment) throws Exception {
    Map<String, String> all = new HashMap<>(environment);
    all.put("AWS_REGION", "eu-west-1");
    all.put("AWS_ACCESS_KEY_ID", "test");
    all.put("AWS_SECRET_ACCESS_KEY", "test");
    return scene.runWith(all, "push", "good.csv", "--sync", "sync.json");
  }

  private static Said redrive(MessageScene scene, Map<String, String> environment)
      throws Exception {
    Map<String, String> all = new HashMap<>(environment);
    all.put("AWS_EC2_METADATA_DISABLED", "true");
    all.put("AWS_CONFIG_FILE", scene.path("none").toString());
    all.put("AWS_SHARED_CREDENTIALS_FILE", scene.path("none").toString());
    return scene.runWith(all, "redrive", JOB, "--work", "s3://my-work");
  }

  private static Said redriveAgainst(MessageScene scene, String code) throws Exception {
    int status = code.equals("AccessDenied") ? 403 : 301;
    try (S3Errors s3 = S3Errors.start(status, "<Error><Code>" + code + "</Code></Error>")) {
      return redrive(
          scene,
          Map.of(
              "AWS_ENDPOINT_URL",
              s3.uri().toString(),
              "AWS_REGION",
              "eu-west-1",
              "AWS_ACCESS_KEY_ID",
              "test",
              "AWS_SECRET_ACCESS_KEY",
              "test"));
    }
  }

  private static Stream<Case> all() {
    return Stream.of(usage(), files(), standIn(), settings(), connections(), aws())
        .flatMap(cases -> cases);
  }

  @BeforeEach
  void moveHome() {
    home = System.getProperty(USER_HOME);
    System.setProperty(USER_HOME, folder.toString());
  }

  @AfterEach
  void moveBack() {
    System.setProperty(USER_HOME, home);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void tells(Case told) throws Exception {
    Said said = told.play.in(new MessageScene(folder));

    assertThat(said.exitCode()).as(said.output()).isEqualTo(2);
    Matcher line = MessagesPage.read().line(told.why).matcher(said.output());
    assertThat(line.find()).as(said.output()).isTrue();
    // Of wrong usage the first line says what, and the last one where to see how it is used.
    boolean hasUsage = said.output().contains(" --help ");
    MessageRules.assertTells(hasUsage ? said.output() : line.group(), told.place);
    MessageRules.assertShowsNoInside(said.output());
    assertThat(folder.resolve("out/report.json")).doesNotExist();
  }

  @Test
  void thePageHasNoOthers() throws IOException {
    List<String> whys = Stream.concat(all().map(Case::why), LauncherTest.whys()).toList();

    assertThat(MessagesPage.read().messages().keySet()).containsExactlyInAnyOrderElementsOf(whys);
  }
}
