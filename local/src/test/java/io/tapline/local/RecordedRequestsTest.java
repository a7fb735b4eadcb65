package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.report.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The samples as they reach CleverTap: path, headers, body and size of every request. */
class RecordedRequestsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path SAMPLES = Path.of("../samples");

  /** What the words of a shape stand for. */
  private static final Map<String, String> WORDS =
      Map.of(
          "<text>", "\"(?:[^\"\\\\]|\\\\.)+\"",
          "<email>", "\"[^\"@ ]+@[^\"@ ]+\\.[^\"@ ]+\"",
          "<phone>", "\"\\+[1-9][0-9]{6,14}\"",
          "<seconds>", "[1-9][0-9]{0,9}",
          "<user>", "\"(?:identity|objectId)\"",
          "<kind>", "\"(?:fcm|apns|gcm|wns|mpns)\"",
          "<status>", "\"(?:Unsubscribe|Resubscribe)\"",
          "<data>", "\\{.*}");

  private static final Pattern WORD = Pattern.compile("<[a-z]+>");

  @TempDir private static Path folder;
  private static TestMachine test;

  private Report report;

  @BeforeAll
  static void start() {
    test = new TestMachine(folder.resolve("work"));
  }

  @AfterAll
  static void stop() {
    test.close();
  }

  /**
   * @param most records of a call
   * @param shapes of a record; any of them, with {@link #WORDS}
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          profiles.csv.gz  | /1/upload                | d          | 1000 | {"type":"profile",<user>:<text>,"profileData":<data>}
          events.csv       | /1/upload                | d          | 1000 | {"type":"event",<user>:<text>,"ts":<seconds>,"evtName":<text>,"evtData":<data>}
          events.jsonl.gz  | /1/upload                | d          | 1000 | {"type":"event",<user>:<text>,"ts":<seconds>,"evtName":<text>,"evtData":<data>}
          tokens.csv       | /1/upload                | d          | 100  | {"type":"token","objectId":<text>,"tokenData":{"id":<text>,"type":<kind>}} or {"type":"token","objectId":<text>,"tokenData":{"id":<text>,"type":"chrome","keys":{"p256dh":<text>,"auth":<text>}}}
          demerge.csv      | /1/demerge/profiles.json | identities | 100  | <text>
          subscription.csv | /1/subscribe             | d          | 1000 | {"type":"phone","value":<phone>,"status":<status>} or {"type":"email","value":<email>,"status":<status>}
          disassociate.csv | /1/disassociate          | d          | 1000 | {"type":"phone","value":<phone>}
          """)
  void areThoseThatCleverTapDocuments(
      String sample, String path, String list, int most, String shapes) throws IOException {
    List<Recorded> requests = push(sample);

    int records = 0;
    for (Recorded request : requests) {
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.path()).isEqualTo(path);
      assertThatHeadersAreOfJson(request);
      JsonNode body = JSON.readTree(request.body());
      assertThat(body.fieldNames()).toIterable().containsExactly(list);
      assertThat(body.path(list).size()).isBetween(1, most);
      assertThat(body.path(list)).allSatisfy(record -> assertHasShape(record, shapes));
      records += body.path(list).size();
    }
    assertThat(requests).hasSize((int) report.chunks().total());
    assertThat(records).isEqualTo((int) report.rows().accepted());
  }

  @Test
  void ofACustomListAreThreeSteps() throws IOException {
    List<Recorded> requests = push("custom-list.csv");

    assertThat(requests).hasSize(3);
    Recorded url = requests.get(0);
    assertThat(url.method() + " " + url.path()).isEqualTo("POST /get_custom_list_segment_url");
    assertThat(url.body()).isEqualTo("null");
    assertThatHeadersAreOfJson(url);

    Recorded put = requests.get(1);
    assertThat(put.method()).isEqualTo("PUT");
    assertThat(put.headers().keySet())
        .containsExactlyInAnyOrder("host", "user-agent", "content-length");
    assertThat(put.headers().get("content-length")).isEqualTo(put.bytes());

    Recorded completion = requests.get(2);
    assertThat(completion.method() + " " + completion.path())
        .isEqualTo("POST /upload_custom_list_segment_completed");
    assertThatHeadersAreOfJson(completion);
    JsonNode body = JSON.readTree(completion.body());
    assertThat(body.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("name", "email", "filename", "creator", "url", "replace");
    assertThat(body.path("url").textValue()).contains(put.path());
    assertThat(body.path("filename").textValue()).isNotBlank();
    assertThat(body.path("replace").isBoolean()).isTrue();
  }

  /** The log leaves the passcode out; without it there would be no request. */
  private static void assertThatHeadersAreOfJson(Recorded request) {
    assertThat(request.headers().keySet())
        .containsExactlyInAnyOrder(
            "host", "user-agent", "content-length", "content-type", "x-clevertap-account-id");
    assertThat(request.headers().get("content-type")).isEqualTo("application/json");
    int length = request.body().equals("null") ? 0 : bytes(request.body());
    assertThat(request.headers().get("content-length")).isEqualTo(Integer.toString(length));
  }

  private static void assertHasShape(JsonNode record, String shapes) {
    assertThat(record.toString())
        .matches(
            Pattern.compile(
                Pattern.compile(" or ")
                    .splitAsStream(shapes)
                    .map(RecordedRequestsTest::regex)
                    .collect(Collectors.joining("|")),
                Pattern.DOTALL));
  }

  private static String regex(String shape) {
    return WORD.matcher(Pattern.quote(shape))
        .replaceAll(word -> Matcher.quoteReplacement("\\E" + WORDS.get(word.group()) + "\\Q"));
  }

  /** Pushes a copy of a sample, for its report is written beside it. */
  private List<Recorded> push(String sample) throws IOException {
    JsonNode expected = JSON.readTree(SAMPLES.resolve("expected.json").toFile()).path(sample);
    String sync = Files.readString(SAMPLES.resolve(expected.path("sync").textValue()));
    Path requests = folder.resolve(sample + ".requests");
    test.cleverTap("", options -> options.requestLog(requests));

    // A sync of its own: of two exports of one second the later one may count as the older one.
    report = test.push(Files.copy(SAMPLES.resolve(sample), folder.resolve(sample)), sample, sync);

    test.closeCleverTap();
    List<Recorded> recorded = new ArrayList<>();
    for (String line : Files.readAllLines(requests)) {
      recorded.add(Recorded.of(line));
    }
    return recorded;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * A line of the record.
   *
   * @param headers by their names in lower case
   * @param body as it was sent; {@code null} for none
   * @param bytes of a file that was sent
   */
  private record Recorded(
      String method, String path, Map<String, String> headers, String body, String bytes) {

    private static final String BODY = ",\"body\":";

    static Recorded of(String line) throws IOException {
      JsonNode json = JSON.readTree(line);
      Map<String, String> headers =
          json.path("headers").properties().stream()
              .collect(
                  Collectors.toMap(
                      header -> header.getKey().toLowerCase(Locale.ROOT),
                      header -> header.getValue().textValue()));
      int body = line.indexOf(BODY);
      return new Recorded(
          json.path("method").textValue(),
          json.path("path").textValue(),
          headers,
          body < 0 ? "" : line.substring(body + BODY.length(), line.length() - 1),
          json.path("bytes").asText());
    }
  }
}
