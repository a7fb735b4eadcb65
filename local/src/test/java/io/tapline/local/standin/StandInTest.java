package io.tapline.local.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StandInTest {

  private static final String GOOD = Caller.profile("u1");
  private static final String BAD =
      """
      {"type":"profile","identity":"u2",\
      "profileData":{"Email":"x","Phone":"+14155551234","zip":"007","Name":"Ann"}}\
      """;
  private static final String TOKEN =
      "{\"type\":\"token\",\"objectId\":\"__a\",\"tokenData\":{\"id\":\"t1\",\"type\":\"fcm\"}}";

  @Test
  void repliesSuccessWhenAllIsProcessed() throws Exception {
    try (StandIn standIn = StandIn.start(StandInOptions.defaults())) {
      HttpResponse<String> response = new Caller(standIn).upload(GOOD, GOOD);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body())
          .isEqualTo("{\"status\":\"success\",\"processed\":2,\"unprocessed\":[]}");
    }
  }

  @Test
  void repliesPartialWithTheNumberAndTheRetypedRecord() throws Exception {
    try (StandIn standIn = StandIn.start(StandInOptions.defaults())) {
      HttpResponse<String> response = new Caller(standIn).upload(GOOD, BAD);
      assertThat(response.body())
          .isEqualTo(
              """
              {"status":"partial","processed":1,"unprocessed":[{"status":"fail","code":515,\
              "error":"Profile data is incorrect. Email is not valid.Skipped record number : 2",\
              "record":{"type":"profile","identity":"u2",\
              "profileData":{"Email":"x","Phone":14155551234,"zip":7,"Name":"Ann"}}}]}\
              """);
    }
  }

  @Test
  void repliesFailWith200WhenNothingIsProcessed() throws Exception {
    try (StandIn standIn = StandIn.start(StandInOptions.defaults())) {
      String event =
          "{\"type\":\"event\",\"identity\":\"u1\",\"evtName\":\"Stayed\",\"evtData\":{}}";
      HttpResponse<String> response = new Caller(standIn).upload(event);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body())
          .startsWith(
              """
              {"status":"fail","processed":0,"unprocessed":[{"status":"fail","code":513,\
              "error":"Event Name is incorrect. ErrorCode: 513 - Trying to raise a restricted \
              system event. Skipped record number : 1","record":{\
              """);
    }
  }

  @Test
  void countsWhatItHasSeen() throws Exception {
    try (StandIn standIn = StandIn.start(StandInOptions.defaults())) {
      Caller caller = new Caller(standIn);
      caller.upload(GOOD, BAD, TOKEN);
      caller.upload(GOOD);
      caller.send(caller.call("/nowhere"), "");
      StandInStats stats = standIn.stats();
      assertThat(stats.callsByStatus()).isEqualTo(Map.of(200, 2L, 404, 1L));
      assertThat(stats.calls()).isEqualTo(3);
      assertThat(stats.accepted(RecordKind.PROFILE)).isEqualTo(2);
      assertThat(stats.accepted(RecordKind.TOKEN)).isEqualTo(1);
      assertThat(stats.accepted(RecordKind.EVENT)).isZero();
      assertThat(stats.refused()).isEqualTo(Map.of(515, 1L));
      assertThat(stats.maxConcurrency()).isEqualTo(Map.of("/1/upload", 1));
      assertThat(stats.digest())
          .isEqualTo(2 * digest(GOOD) + digest(TOKEN))
          .isNotEqualTo(2 * digest(TOKEN) + digest(GOOD));
    }
  }

  private static long digest(String record) {
    return StandInStats.digest(Caller.json(record));
  }

  @Test
  void storesNothingOnADryRun() throws Exception {
    try (StandIn standIn = StandIn.start(StandInOptions.defaults())) {
      Caller caller = new Caller(standIn);
      HttpResponse<String> response =
          caller.send(caller.call("/1/upload?dryRun=1"), Caller.batch(GOOD, BAD));
      assertThat(Caller.json(response.body()).get("status").asText()).isEqualTo("partial");
      assertThat(standIn.stats().accepted()).isEmpty();
      assertThat(standIn.stats().refused()).isEmpty();
    }
  }

  @Test
  void tellsTheRecorderOfAcceptedRecordsInOrder() throws Exception {
    List<String> records = new ArrayList<>();
    Recorder recorder =
        (kind, record) -> records.add(kind + " " + record.path("identity").asText());
    try (StandIn standIn = StandIn.start(StandInOptions.builder().recorder(recorder).build())) {
      Caller caller = new Caller(standIn);
      caller.upload(Caller.profile("b"), BAD, Caller.profile("a"));
      caller.upload(Caller.profile("c"));
    }
    assertThat(records).containsExactly("PROFILE b", "PROFILE a", "PROFILE c");
  }

  @Test
  void takesRecordsUpToTheLimit() throws Exception {
    try (StandIn standIn = StandIn.start(StandInOptions.defaults())) {
      Caller caller = new Caller(standIn);
      assertThat(caller.upload(copies(GOOD, 1000)).statusCode()).isEqualTo(200);
      assertThat(caller.upload(copies(TOKEN, 100)).statusCode()).isEqualTo(200);
      assertThat(caller.upload().body())
          .isEqualTo("{\"status\":\"success\",\"processed\":0,\"unprocessed\":[]}");
    }
  }

  private static String[] copies(String record, int count) {
    return IntStream.range(0, count).mapToObj(i -> record).toArray(String[]::new);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformedBodies")
  void answers400ToABodyThatIsNoBatch(String rule, String body, String error) throws Exception {
    try (StandIn standIn = StandIn.start(StandInOptions.defaults())) {
      Caller caller = new Caller(standIn);
      HttpResponse<String> response = caller.send(caller.call("/1/upload"), body);
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body())
          .isEqualTo("{\"status\":\"fail\",\"error\":\"" + error + "\",\"code\":400}");
      assertThat(standIn.stats().accepted()).isEmpty();
    }
  }

  static Stream<Arguments> malformedBodies() {
    String malformed = "Malformed request";
    return Stream.of(
        Arguments.of("empty", "", malformed),
        Arguments.of("a list", "[" + GOOD + "]", malformed),
        Arguments.of("without d", "{\"e\":[" + GOOD + "]}", malformed),
        Arguments.of("d is no list", "{\"d\":" + GOOD + "}", malformed),
        Arguments.of("d twice", "{\"d\":[" + GOOD + "],\"d\":[]}", malformed),
        Arguments.of("cut", "{\"d\":[" + GOOD, malformed),
        Arguments.of("cut in a record", "{\"d\":[" + GOOD + ",{\"type\":", malformed),
        Arguments.of("more after it", Caller.batch(GOOD) + "{}", malformed),
        Arguments.of("a key twice", Caller.batch("{\"type\":\"event\",\"type\":\"x\"}"), malformed),
        Arguments.of(
            "1001 records",
            Caller.batch(copies(GOOD, 1001)),
            "A request holds at most 1000 records"),
        Arguments.of(
            "101 tokens", Caller.batch(copies(TOKEN, 101)), "A request holds at most 100 records"),
        Arguments.of(
            "a token after 100 profiles",
            "{\"x\":[1],\"d\":[" + String.join(",", copies(GOOD, 100)) + "," + TOKEN + "]}",
            "A request holds at most 100 records"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedCalls")
  void refusesTheCall(
      String rule,
      String method,
      String target,
      Map<String, String> headers,
      int status,
      String error)
      throws Exception {
    try (StandIn standIn = StandIn.start(StandInOptions.defaults())) {
      Caller caller = new Caller(standIn);
      HttpRequest.Builder call = caller.call(target);
      headers.forEach(call::setHeader);
      call.method(method, BodyPublishers.ofString(Caller.batch(GOOD)));
      HttpResponse<String> response = caller.send(call);
      assertThat(response.statusCode()).isEqualTo(status);
      JsonNode body = Caller.json(response.body());
      assertThat(body.get("status").asText()).isEqualTo("fail");
      assertThat(body.get("error").asText()).isEqualTo(error);
      assertThat(body.get("code").asInt()).isEqualTo(status);
      assertThat(standIn.stats().accepted()).isEmpty();
    }
  }

  static Stream<Arguments> refusedCalls() {
    String upload = "/1/upload";
    return Stream.of(
        Arguments.of("unknown path", "POST", "/2/upload", Map.of(), 404, "Not found"),
        Arguments.of("wrong method", "PUT", upload, Map.of(), 405, "Method not allowed"),
        Arguments.of(
            "wrong account",
            "POST",
            upload,
            Map.of("X-CleverTap-Account-Id", "other"),
            401,
            "Account ID is not valid"),
        Arguments.of(
            "wrong passcode",
            "POST",
            upload,
            Map.of("X-CleverTap-Passcode", "other"),
            401,
            "Account Passcode is not valid"),
        Arguments.of(
            "other content type",
            "POST",
            upload,
            Map.of("Content-Type", "text/plain"),
            400,
            "Content-Type must be application/json"),
        Arguments.of(
            "other charset",
            "POST",
            upload,
            Map.of("Content-Type", "application/json; charset=utf-16"),
            400,
            "Content-Type must be application/json"),
        Arguments.of(
            "gzip",
            "POST",
            upload,
            Map.of("Content-Encoding", "gzip"),
            400,
            "Content-Encoding is not supported"));
  }

  @Test
  void refusesACallWithoutCredentialsOrContentType() throws Exception {
    try (StandIn standIn = StandIn.start(StandInOptions.builder().credentials("a", "p").build())) {
      Caller caller = new Caller(standIn);
      String body = Caller.batch(GOOD);
      assertThat(caller.send(caller.bare("/1/upload"), body).statusCode()).isEqualTo(401);
      HttpRequest.Builder untyped =
          caller
              .bare("/1/upload")
              .header("X-CleverTap-Account-Id", "a")
              .header("X-CleverTap-Passcode", "p");
      assertThat(caller.send(untyped, body).statusCode()).isEqualTo(400);
      HttpRequest.Builder typed =
          untyped.copy().header("Content-Type", "application/json; charset=UTF-8");
      assertThat(caller.send(typed, body).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void answers429AboveTheLimitOfCallsAtOnce() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Recorder slow =
        (kind, record) -> {
          inside.countDown();
          await(goOn);
        };
    StandInOptions options = StandInOptions.builder().maxConcurrency(1).recorder(slow).build();
    try (StandIn standIn = StandIn.start(options);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Caller caller = new Caller(standIn);
      Future<HttpResponse<String>> first = threads.submit(() -> caller.upload(GOOD));
      await(inside);
      assertThat(caller.upload(GOOD).body())
          .isEqualTo(
              "{\"status\":\"fail\",\"error\":\"Too many concurrent requests\",\"code\":429}");
      assertThat(standIn.stats().maxConcurrency()).isEqualTo(Map.of("/1/upload", 2));
      goOn.countDown();
      assertThat(first.get().statusCode()).isEqualTo(200);
      assertThat(caller.upload(GOOD).statusCode()).isEqualTo(200);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void saysWhenItsPortIsTaken() {
    try (StandIn standIn = StandIn.start(StandInOptions.defaults())) {
      StandInOptions same = StandInOptions.builder().port(standIn.baseUri().getPort()).build();
      assertThatThrownBy(() -> StandIn.start(same))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("port " + standIn.baseUri().getPort());
    }
  }

  @Test
  void checksItsOptions() {
    assertThatThrownBy(() -> StandInOptions.builder().maxConcurrency(0).build())
        .hasMessage("maxConcurrency is 0; it must be at least 1");
    assertThat(StandInOptions.defaults().toString()).doesNotContain("passcode");
  }
}
