package io.tapline.local.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "429=#3         | 3",
        "429=#3-5       | 3 4 5",
        "429=/4         | 4 8 12",
        "429=#2,429=#7  | 2 7",
        "429=1          | 1 2 3 4 5 6 7 8 9 10 11 12",
        "429=1.0        | 1 2 3 4 5 6 7 8 9 10 11 12",
        "429=0          | ''",
        "latency=1ms    | ''",
        "' '            | ''",
      })
  void strikesTheCalls(String text, String numbers) {
    assertThat(struck(Faults.parse(text), 12)).isEqualTo(numbers);
  }

  private static String struck(Faults faults, long calls) {
    List<String> numbers =
        LongStream.rangeClosed(1, calls)
            .filter(call -> faults.ofCall(Api.UPLOAD, call, 0).isPresent())
            .mapToObj(Long::toString)
            .toList();
    return String.join(" ", numbers);
  }

  @Test
  void drawsAShareFromTheSeed() {
    String first = struck(Faults.parse("429=0.1,seed=7"), 10_000);
    assertThat(first.split(" ")).hasSizeBetween(900, 1100);
    assertThat(struck(Faults.parse("seed=7,429=0.1"), 10_000)).isEqualTo(first);
    assertThat(struck(Faults.parse("429=0.1,seed=8"), 10_000)).isNotEqualTo(first);
    assertThat(struck(Faults.parse("429=0.1"), 10_000)).isNotEqualTo(first);
  }

  @Test
  void drawsEachFaultOfItsOwn() {
    Faults faults = Faults.parse("401=0.5,403=0.5");
    List<CallFault> struck =
        LongStream.rangeClosed(1, 1000)
            .boxed()
            .flatMap(n -> faults.ofCall(Api.UPLOAD, n, 0).stream())
            .toList();
    assertThat(struck).contains(CallFault.UNAUTHORIZED, CallFault.FORBIDDEN);
  }

  @Test
  void takesTheFirstFaultThatStrikes() {
    assertThat(Faults.parse("401=#1,403=1").ofCall(Api.UPLOAD, 1, 0))
        .contains(CallFault.UNAUTHORIZED);
    assertThat(Faults.parse("401=#1,403=1").ofCall(Api.UPLOAD, 2, 0)).contains(CallFault.FORBIDDEN);
  }

  @ParameterizedTest(name = "{0} for {1}")
  @CsvSource({
    "segment-put:403=#2, SEGMENT_PUT, 1, 2, true",
    "segment-put:403=#2, SEGMENT_PUT, 2, 1, false",
    "segment-put:403=#2, SEGMENT_URL, 2, 2, false",
    "403=#2,             SEGMENT_URL, 2, 1, true",
    "not-generated=#2,   SEGMENT_URL, 1, 2, true",
    "not-generated=#2,   SEGMENT_PUT, 2, 2, false",
    "segment-url:not-generated=1, SEGMENT_URL, 1, 1, true",
  })
  void limitsAFaultToAnApiAndCountsItsCalls(
      String text, Api api, long number, long numberOfApi, boolean strikes) {
    assertThat(Faults.parse(text).ofCall(api, number, numberOfApi).isPresent()).isEqualTo(strikes);
  }

  @ParameterizedTest
  @CsvSource({"subscribe:555=1", "subscribe:partial=#1:516"})
  void limitsAFaultOfRecordsToAnApi(String text) {
    Faults faults = Faults.parse(text);
    assertThat(faults.ofRecord(Api.SUBSCRIBE, 1, 0)).isPresent();
    assertThat(faults.ofRecord(Api.UPLOAD, 1, 0)).isEmpty();
  }

  @Test
  void readsWhatIsNoRule() {
    Faults faults = Faults.parse("latency=2s, retry-after=3");
    assertThat(faults.latency()).isEqualTo(Duration.ofSeconds(2));
    assertThat(faults.retryAfter()).isEqualTo(3);
    assertThat(Faults.none().latency()).isZero();
    assertThat(Faults.none().retryAfter()).isNull();
  }

  @Test
  void readsTheFaultsOfRecords() {
    Faults faults = Faults.parse("555=#1,555=#2x3,partial=#3-4:523");
    assertThat(faults.ofRecord(Api.UPLOAD, 1, 0))
        .hasValueSatisfying(rule -> assertThat(rule.times()).isEqualTo(1));
    assertThat(faults.ofRecord(Api.UPLOAD, 2, 0))
        .hasValueSatisfying(rule -> assertThat(rule.times()).isEqualTo(3));
    assertThat(faults.ofRecord(Api.UPLOAD, 4, 0))
        .hasValueSatisfying(rule -> assertThat(rule.code()).isEqualTo(523));
    assertThat(faults.ofRecord(Api.UPLOAD, 5, 0)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "430=0.1          | Fault \"430=0.1\" is unknown; faults are latency, seed,",
        "reset=0.1        | Fault \"reset=0.1\" is unknown",
        "429              | Fault \"429\": found \"\", expected a share such as 0.05",
        "429=             | Fault \"429=\": found \"\"",
        "429=1.1          | Fault \"429=1.1\": found \"1.1\", expected a share such as 0.05",
        "429=-1           | found \"-1\"",
        "429=#0           | found \"#0\"",
        "429=/0           | found \"/0\"",
        "latency=200      | expected a duration such as 200ms or 2s",
        "seed=x           | expected an integer",
        "retry-after=2s   | expected whole seconds such as 2",
        "555=0.1x0        | expected WHEN or WHENxN such as 0.02x3",
        "555=ax1          | found \"a\"",
        "partial=0.1      | expected WHEN:CODE such as 0.1:523",
        "partial=x:523    | found \"x\"",
        "upload:430=1     | Fault \"upload:430=1\" is unknown",
        "other:429=1      | found \"other\", expected upload, demerge, subscribe,",
        "upload:seed=1    | Fault \"upload:seed=1\" is unknown",
        "upload:not-generated=1 | is one of segment-url only",
        "429=#1,,429=#2   | Fault \"\" is unknown",
      })
  void saysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> Faults.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
