package io.tapline.local.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandInFaultsTest {

  private static final String GOOD = Caller.profile("u1");
  private static final String BAD = Caller.profile("none");

  private static StandIn start(String faults) {
    return StandIn.start(StandInOptions.builder().faults(Faults.parse(faults)).build());
  }

  @ParameterizedTest(name = "{0}: {1}, {2} stored")
  @CsvSource({
    "400, 400, 0",
    "401, 401, 0",
    "403, 403, 0",
    "413, 413, 0",
    "429, 429, 0",
    "503, 503, 0",
    "500-before, 500, 0",
    "500-after, 500, 1",
    "502-before, 502, 0",
    "502-after, 502, 1",
    "504-before, 504, 0",
    "504-after, 504, 1",
    "close, 200, 1",
  })
  void answersWithTheStatus(String fault, int status, long stored) throws Exception {
    try (StandIn standIn = start(fault + "=#2")) {
      Caller caller = new Caller(standIn);
      assertThat(caller.upload().statusCode()).isEqualTo(200);
      assertThat(caller.upload(GOOD).statusCode()).isEqualTo(status);
      assertThat(standIn.stats().accepted(RecordKind.PROFILE)).isEqualTo(stored);
      assertThat(standIn.stats().callsByStatus()).containsKey(status);
    }
  }

  @ParameterizedTest(name = "{0}, {1} stored")
  @CsvSource({"reset-before, 0", "reset-after, 1"})
  void resetsTheConnection(String fault, long stored) throws Exception {
    try (StandIn standIn = start(fault + "=#1")) {
      Caller caller = new Caller(standIn);
      assertThatThrownBy(() -> caller.upload(GOOD))
          .isInstanceOf(IOException.class)
          .hasStackTraceContaining("Connection reset");
      assertThat(standIn.stats().resets()).isEqualTo(1);
      assertThat(standIn.stats().calls()).isEqualTo(1);
      assertThat(standIn.stats().accepted(RecordKind.PROFILE)).isEqualTo(stored);
      assertThat(caller.upload(GOOD).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void closesTheConnectionAfterAReply() throws Exception {
    try (StandIn standIn = start("close=1")) {
      HttpResponse<String> response = new Caller(standIn).upload(GOOD);
      assertThat(response.headers().firstValue("Connection")).contains("close");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"429", "503"})
  void saysWhenToComeAgain(String fault) throws Exception {
    try (StandIn standIn = start("retry-after=2," + fault + "=#1")) {
      Caller caller = new Caller(standIn);
      assertThat(caller.upload(GOOD).headers().firstValue("Retry-After")).contains("2");
      assertThat(caller.upload(GOOD).headers().firstValue("Retry-After")).isEmpty();
    }
  }

  @Test
  void answersThoughItTakesItsTime() throws Exception {
    try (StandIn standIn = start("latency=1ms")) {
      assertThat(new Caller(standIn).upload(GOOD).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void refusesARecordWith555AsOftenAsAsked() throws Exception {
    try (StandIn standIn = start("555=1x2")) {
      Caller caller = new Caller(standIn);
      assertThat(codes(caller.upload(GOOD))).containsExactly(555);
      assertThat(codes(caller.upload(GOOD))).containsExactly(555);
      assertThat(codes(caller.upload(GOOD))).isEmpty();
      assertThat(standIn.stats().accepted(RecordKind.PROFILE)).isEqualTo(1);
    }
  }

  @Test
  void letsRecordFaultsAloneOnADryRunAndForInvalidRecords() throws Exception {
    try (StandIn standIn = start("555=1")) {
      Caller caller = new Caller(standIn);
      assertThat(codes(caller.send(caller.call("/1/upload?dryRun=1"), Caller.batch(GOOD))))
          .isEmpty();
      assertThat(codes(caller.upload(BAD))).containsExactly(523);
    }
  }

  @Test
  void drawsTheSameRecordsInWhateverCallsTheyCome() throws Exception {
    List<String> records = IntStream.range(0, 200).mapToObj(i -> Caller.profile("u" + i)).toList();
    List<String> reversed = records.reversed();
    try (StandIn standIn = start("partial=0.2:528,seed=3")) {
      Caller caller = new Caller(standIn);
      List<String> refused = identities(caller.upload(records.toArray(String[]::new)));
      assertThat(refused).hasSizeBetween(20, 60);
      assertThat(identities(caller.upload(reversed.toArray(String[]::new))))
          .containsExactlyElementsOf(refused.reversed());
    }
  }

  @Test
  void refusesTheRecordsOfACallByNumber() throws Exception {
    try (StandIn standIn = start("partial=#2-3:516")) {
      HttpResponse<String> response = new Caller(standIn).upload(GOOD, GOOD, GOOD, GOOD);
      assertThat(codes(response)).containsExactly(516, 516);
      assertThat(response.body())
          .contains("ErrorCode: 516 - Record refused. Skipped record number : 3");
    }
  }

  @Test
  void leavesTheNumbersOut() throws Exception {
    try (StandIn standIn = start("unnumbered=1")) {
      HttpResponse<String> response = new Caller(standIn).upload(BAD, GOOD);
      assertThat(response.body()).contains("Identity is a word for none").doesNotContain("number");
    }
  }

  @Test
  void countsOneTooFew() throws Exception {
    try (StandIn standIn = start("miscount=1")) {
      HttpResponse<String> response = new Caller(standIn).upload(BAD, GOOD, GOOD);
      assertThat(Caller.json(response.body()).get("processed").asInt()).isEqualTo(1);
    }
  }

  @Test
  void tellsTheLastRefusalFirst() throws Exception {
    try (StandIn standIn = start("reversed=1")) {
      HttpResponse<String> response = new Caller(standIn).upload(BAD, "{}", GOOD);
      assertThat(codes(response)).containsExactly(524, 523);
    }
  }

  @Test
  void editsNoReplyThatIsNoBatch() throws Exception {
    try (StandIn standIn = start("miscount=1")) {
      Caller caller = new Caller(standIn);
      assertThat(caller.send(caller.call("/1/upload"), "[]").body()).contains("Malformed request");
    }
  }

  private static List<Integer> codes(HttpResponse<String> response) {
    return unprocessed(response).map(entry -> entry.get("code").asInt()).toList();
  }

  private static List<String> identities(HttpResponse<String> response) {
    return unprocessed(response).map(e -> e.at("/record/identity").asText()).toList();
  }

  private static Stream<JsonNode> unprocessed(HttpResponse<String> response) {
    return Caller.json(response.body()).get("unprocessed").valueStream();
  }
}
