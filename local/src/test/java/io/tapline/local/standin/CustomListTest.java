package io.tapline.local.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomListTest {

  private static final String LIST = "Type,Identity\ni,a\ng,__b\n";

  @TempDir private Path folder;

  private static StandIn start(String faults) {
    return StandIn.start(StandInOptions.builder().faults(Faults.parse(faults)).build());
  }

  @Test
  void makesASegmentInThreeSteps() throws Exception {
    try (StandIn standIn = start("")) {
      Caller caller = new Caller(standIn);
      String url = caller.segmentUrl();
      HttpResponse<String> put = Caller.put(url, LIST);
      assertThat(put.statusCode()).isEqualTo(200);
      assertThat(put.body()).isEmpty();
      assertThat(caller.complete("VIPs", url, false).body())
          .isEqualTo("{\"Segment ID\":1001,\"status\":\"success\",\"code\":200}");

      assertThat(standIn.segments()).hasSize(1);
      Segment segment = standIn.segments().getFirst();
      assertThat(segment.id()).isEqualTo(1001);
      assertThat(segment.name()).isEqualTo("VIPs");
      assertThat(segment.replaced()).isFalse();
      assertThat(segment.rows()).isEqualTo(2);
      assertThat(segment.isValid()).isTrue();
      assertThat(segment.file()).hasContent(LIST);
      assertThat(standIn.stats().callsByPath())
          .containsEntry("/get_custom_list_segment_url", 1L)
          .containsEntry("/stand-in-s3", 1L)
          .containsEntry("/upload_custom_list_segment_completed", 1L);
      assertThat(standIn.stats().maxConcurrency()).containsEntry("/stand-in-s3", 1);
    }
  }

  @Test
  void givesAUrlElsewhereThatIsValidFor24Hours() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-05-06T13:29:00Z"));
    try (StandIn standIn = StandIn.start(StandInOptions.builder().clock(now::get).build())) {
      Caller caller = new Caller(standIn);
      JsonNode reply = Caller.json(caller.call(Api.SEGMENT_URL, "").body());
      assertThat(reply.get("status").asText()).isEqualTo("success");
      assertThat(reply.get("expiry").asText()).isEqualTo("7 May, 01:29 PM");
      String url = reply.get("presignedS3URL").asText();
      assertThat(URI.create(url).getPort()).isNotEqualTo(standIn.baseUri().getPort());
      assertThat(caller.segmentUrl()).isNotEqualTo(url);

      now.updateAndGet(time -> time.plus(Duration.ofHours(24)).minusMillis(1));
      assertThat(Caller.put(url, LIST).statusCode()).isEqualTo(200);
      now.updateAndGet(time -> time.plusMillis(1));
      assertThat(Caller.put(url, LIST).statusCode()).isEqualTo(403);
      // The file came in time.
      assertThat(caller.complete("VIPs", url, false).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void refusesARequestForAUrlWithABody() throws Exception {
    try (StandIn standIn = start("")) {
      assertThat(new Caller(standIn).call(Api.SEGMENT_URL, "{}").statusCode()).isEqualTo(400);
    }
  }

  @ParameterizedTest(name = "{0}: {3}")
  @CsvSource({
    "a content type, Content-Type,           text/csv, 400",
    "an account,     X-CleverTap-Account-Id, STAND-IN, 400",
    "a passcode,     x-clevertap-passcode,   p,        400",
    "another header, X-Other,                y,        200",
  })
  void takesAFileWithoutCleverTapsHeaders(String rule, String name, String value, int status)
      throws Exception {
    try (StandIn standIn = start("")) {
      URI url = URI.create(new Caller(standIn).segmentUrl());
      HttpRequest.Builder put =
          HttpRequest.newBuilder(url).header(name, value).PUT(BodyPublishers.ofString(LIST));
      assertThat(send(put).statusCode()).isEqualTo(status);
    }
  }

  @Test
  void takesAFileOnlyWithItsLength() throws Exception {
    try (StandIn standIn = start("")) {
      String url = new Caller(standIn).segmentUrl();
      byte[] list = LIST.getBytes(StandardCharsets.UTF_8);
      HttpRequest.Builder chunked =
          HttpRequest.newBuilder(URI.create(url))
              .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(list)));
      assertThat(send(chunked).statusCode()).isEqualTo(411);
      assertThat(exchange(url, "", "")).startsWith("HTTP/1.1 411 ");
      assertThat(exchange(url, "Content-Length: 0\r\n", "")).startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"5368709120, 403", "5368709121, 400"})
  void takesAFileUpToTheLimit(String length, int status) throws Exception {
    try (StandIn standIn = start("segment-put:close=1")) {
      String unknown = new Caller(standIn).segmentUrl() + "0";
      // Refused by its head alone; 403 says that it was not its length.
      assertThat(exchange(unknown, "Content-Length: " + length + "\r\n", ""))
          .startsWith("HTTP/1.1 " + status + " ");
    }
  }

  /**
   * What comes back until the server closes the connection, for a PUT by a client that then goes.
   */
  private static String exchange(String url, String headers, String body) throws Exception {
    URI uri = URI.create(url);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      String target = uri.getRawPath() + "?" + uri.getRawQuery();
      String put = "PUT " + target + " HTTP/1.1\r\n" + headers + "\r\n" + body;
      socket.getOutputStream().write(put.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void knowsItsUrlsToTheLetter() throws Exception {
    try (StandIn standIn = start("")) {
      String url = new Caller(standIn).segmentUrl();
      assertThat(Caller.put(url + "0", LIST).body()).contains("<Code>AccessDenied</Code>");
      assertThat(Caller.put(url.replace("%2F", "/"), LIST).statusCode()).isEqualTo(403);
      assertThat(send(HttpRequest.newBuilder(URI.create(url)).GET()).statusCode()).isEqualTo(405);
      assertThat(Caller.put(url, LIST).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void keepsTheFileThatCameLastAndNoneThatBreaksOff() throws Exception {
    try (StandIn standIn = start("")) {
      Caller caller = new Caller(standIn);
      String url = caller.segmentUrl();
      Caller.put(url, LIST + "i,c\n");
      Caller.put(url, LIST);
      assertThat(exchange(url, "Content-Length: 100\r\n", "Type,")).isEmpty();
      caller.complete("VIPs", url, false);
      assertThat(standIn.segments().getFirst().file()).hasContent(LIST);
    }
  }

  @Test
  void deletesItsFilesWhenItIsClosed() throws Exception {
    Path file;
    try (StandIn standIn = start("")) {
      Caller caller = new Caller(standIn);
      String url = caller.segmentUrl();
      Caller.put(url, LIST);
      caller.complete("VIPs", url, false);
      file = standIn.segments().getFirst().file();
    }
    assertThat(file.getParent()).doesNotExist();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "make a new one,            New, false, 200, success",
    "make one that is there,    VIPs, false, 400, duplicate_name",
    "replace one that is there, VIPs, true,  200, success",
    "replace none,              New, true,  400, Segment does not exist",
  })
  void replacesOnlyWhatIsThere(String rule, String name, boolean replace, int status, String text)
      throws Exception {
    StandInOptions options = StandInOptions.builder().existingSegments(Set.of("VIPs")).build();
    try (StandIn standIn = StandIn.start(options)) {
      Caller caller = new Caller(standIn);
      String url = caller.segmentUrl();
      Caller.put(url, LIST);
      HttpResponse<String> response = caller.complete(name, url, replace);
      assertThat(response.statusCode()).isEqualTo(status);
      assertThat(response.body()).contains(text).contains("\"code\":" + status);
      assertThat(standIn.segments()).hasSize(status == 200 ? 1 : 0);
    }
  }

  @Test
  void keepsTheIdOfASegmentThatIsReplaced() throws Exception {
    try (StandIn standIn = start("")) {
      Caller caller = new Caller(standIn);
      String url = caller.segmentUrl();
      Caller.put(url, LIST);
      caller.complete("VIPs", url, false);
      caller.complete("Others", url, false);
      caller.complete("VIPs", url, true);
      assertThat(standIn.segments()).extracting(Segment::id).containsExactly(1001L, 1002L, 1001L);
      assertThat(standIn.segments().getLast().replaced()).isTrue();
    }
  }

  @Test
  void answersSuccessThoughTheFileIsWrong() throws Exception {
    try (StandIn standIn = start("")) {
      Caller caller = new Caller(standIn);
      String url = caller.segmentUrl();
      Caller.put(url, "type,identity\ni,a\n");
      assertThat(caller.complete("VIPs", url, false).body()).contains("\"status\":\"success\"");
      assertThat(standIn.segments().getFirst().isValid()).isFalse();
      assertThat(standIn.segments().getFirst().problem()).isEqualTo("the header is wrong");
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "an admin,            200, admin@example.com",
    "an admin's capitals, 200, Admin@Example.com",
    "somebody else,       401, ann@example.com",
    "no address,          401, admin",
  })
  void takesTheWordOfAnAdminOnly(String rule, int status, String email) throws Exception {
    StandInOptions options = StandInOptions.builder().admins(Set.of("admin@example.com")).build();
    try (StandIn standIn = StandIn.start(options)) {
      HttpResponse<String> response = completed(standIn, "admin@example.com", email);
      assertThat(response.statusCode()).isEqualTo(status);
      if (status == 401) {
        assertThat(Caller.json(response.body()))
            .isEqualTo(
                Caller.json(
                    """
                    {"error":"Email id is either not in the right format or does not belong to a \
                    valid admin","status":"fail","code":401}\
                    """));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "no name          | \"name\":\"VIPs\",          | ''",
        "a blank name     | VIPs                         | ' '",
        "no file name     | \"filename\":\"list.csv\",   | ''",
        "no creator       | \"creator\":\"Tapline\",     | ''",
        "replace is text  | \"replace\":false            | \"replace\":\"false\"",
        "no replace       | ,\"replace\":false           | ''",
        "no JSON          | }                            | ''",
        "another URL      | http://                      | https://",
        "a URL not given  | X-Amz-Signature              | X-Amz-Signatur",
      })
  void refusesACompletionThatLacksSomething(String rule, String text, String other)
      throws Exception {
    try (StandIn standIn = start("")) {
      assertThat(completed(standIn, text, other).statusCode()).isEqualTo(400);
      assertThat(standIn.segments()).isEmpty();
    }
  }

  /** All three steps, with some text of the last one replaced. */
  private static HttpResponse<String> completed(StandIn standIn, String text, String other)
      throws Exception {
    Caller caller = new Caller(standIn);
    String url = caller.segmentUrl();
    Caller.put(url, LIST);
    String body =
        """
        {"name":"VIPs","email":"admin@example.com","filename":"list.csv","creator":"Tapline",\
        "url":"%s","replace":false}\
        """
            .formatted(url);
    assertThat(body).contains(text);
    return caller.call(Api.SEGMENT_COMPLETE, body.replace(text, other));
  }

  @Test
  void refusesACompletionBeforeTheFileCame() throws Exception {
    try (StandIn standIn = start("")) {
      Caller caller = new Caller(standIn);
      assertThat(caller.complete("VIPs", caller.segmentUrl(), false).body())
          .contains("File is not uploaded");
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "segment-put:503=#1,        503",
    "segment-put:403=#1,        403",
    "segment-put:429=#1,        429",
    "segment-put:400=#1,        400",
    "segment-put:502-before=#1, 502",
    "segment-put:500-after=#1,  500",
  })
  void answersAPutInTheFormOfS3(String fault, int status) throws Exception {
    try (StandIn standIn = start(fault + ",segment-put:unnumbered=#2,retry-after=1")) {
      String url = new Caller(standIn).segmentUrl();
      HttpResponse<String> response = Caller.put(url, LIST);
      assertThat(response.statusCode()).isEqualTo(status);
      assertThat(response.headers().firstValue("Content-Type")).contains("application/xml");
      assertThat(response.headers().firstValue("Retry-After").isPresent())
          .isEqualTo(status == 503 || status == 429);
      assertThat(Caller.put(url, LIST).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"segment-put:reset-before=#1, 400", "segment-put:reset-after=#1, 200"})
  void resetsAPutBeforeOrAfterTheFileIsKept(String fault, int completion) throws Exception {
    try (StandIn standIn = start(fault)) {
      Caller caller = new Caller(standIn);
      String url = caller.segmentUrl();
      assertThatThrownBy(() -> Caller.put(url, LIST)).isInstanceOf(IOException.class);
      assertThat(standIn.stats().resets()).isEqualTo(1);
      assertThat(caller.complete("VIPs", url, false).statusCode()).isEqualTo(completion);
    }
  }

  @Test
  void hasNoUrlAtTimes() throws Exception {
    try (StandIn standIn = start("not-generated=#1")) {
      Caller caller = new Caller(standIn);
      HttpResponse<String> response = caller.call(Api.SEGMENT_URL, "");
      assertThat(response.body())
          .isEqualTo(
              "{\"status\":\"fail\",\"error\":\"URL not generated, Please come back later\"}");
      assertThat(caller.segmentUrl()).startsWith("http://");
    }
  }

  @Test
  void losesTheReplyToACompletion() throws Exception {
    try (StandIn standIn = start("segment-complete:reset-after=#1")) {
      Caller caller = new Caller(standIn);
      String url = caller.segmentUrl();
      Caller.put(url, LIST);
      assertThatThrownBy(() -> caller.complete("VIPs", url, false)).isInstanceOf(IOException.class);
      assertThat(standIn.segments()).hasSize(1);
      assertThat(caller.complete("VIPs", url, false).body()).contains("duplicate_name");
    }
  }

  @ParameterizedTest(name = "{0}: then {1}")
  @CsvSource({"hang-before, 400", "hang-after, 200"})
  void leavesACallWithoutAnAnswerUntilTheClientGoes(String fault, int completion) throws Exception {
    try (StandIn standIn = start("segment-put:" + fault + "=1")) {
      Caller caller = new Caller(standIn);
      String url = caller.segmentUrl();
      assertThat(exchange(url, "Content-Length: 14\r\n", "Type,Identity\n")).isEmpty();
      assertThat(standIn.stats().silences()).isEqualTo(1);
      assertThat(standIn.stats().calls()).isEqualTo(2);
      assertThat(caller.complete("VIPs", url, false).statusCode()).isEqualTo(completion);
    }
  }

  @Test
  void takesAFileThatIsLongerThanACall() throws Exception {
    String row = "i,0123456789\n";
    long rows = 6_000_000; // 78 MB; a call has 64 MiB at most
    try (StandIn standIn = start("")) {
      Caller caller = new Caller(standIn);
      String url = caller.segmentUrl();
      HttpRequest.Builder put =
          HttpRequest.newBuilder(URI.create(url))
              .PUT(
                  BodyPublishers.fromPublisher(
                      BodyPublishers.ofByteArrays(list(row, rows)), 14 + rows * row.length()));
      assertThat(send(put).statusCode()).isEqualTo(200);
      caller.complete("VIPs", url, false);
      assertThat(standIn.segments().getFirst().rows()).isEqualTo(rows);
    }
  }

  /** In pieces, of which none is kept. */
  private static Iterable<byte[]> list(String row, long rows) {
    byte[] header = "Type,Identity\n".getBytes(StandardCharsets.UTF_8);
    byte[] piece = row.repeat(6000).getBytes(StandardCharsets.UTF_8);
    return () ->
        Stream.concat(Stream.of(header), Stream.generate(() -> piece).limit(rows / 6000))
            .iterator();
  }

  @Test
  void recordsAllThreeSteps() throws Exception {
    Path log = folder.resolve("requests.jsonl");
    StandInOptions options = StandInOptions.builder().requestLog(log).build();
    String url;
    try (StandIn standIn = StandIn.start(options)) {
      Caller caller = new Caller(standIn);
      url = caller.segmentUrl();
      Caller.put(url + "0", LIST);
      Caller.put(url, LIST);
      caller.complete("VIPs", url, false);
    }
    List<JsonNode> lines = Files.readAllLines(log).stream().map(Caller::json).toList();
    assertThat(lines)
        .extracting(line -> line.get("path").asText())
        .containsExactly(
            "/get_custom_list_segment_url",
            URI.create(url).getPath(),
            "/upload_custom_list_segment_completed");
    assertThat(lines.get(0).get("body").isNull()).isTrue();
    assertThat(lines.get(1).get("bytes").asLong()).isEqualTo(LIST.length());
    assertThat(lines.get(1).at("/headers/Content-Length").asInt()).isEqualTo(LIST.length());
    assertThat(lines.get(2).at("/body/name").asText()).isEqualTo("VIPs");
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }
}
