package io.tapline.local.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DemergeEndpointTest {

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("calls")
  void takesACallWholeOrNotAtAll(String rule, int status, String body) throws Exception {
    try (StandIn standIn = StandIn.start(StandInOptions.defaults())) {
      HttpResponse<String> response = new Caller(standIn).call(Api.DEMERGE, body);
      assertThat(response.statusCode()).isEqualTo(status);
      assertThat(standIn.stats().accepted().isEmpty()).isEqualTo(status != 200);
    }
  }

  static Stream<Arguments> calls() {
    return Stream.of(
        Arguments.of("1 identity", 200, identities(1, "u")),
        Arguments.of("100 identities", 200, identities(100, "u")),
        Arguments.of("101 identities", 400, identities(101, "u")),
        Arguments.of("no identities", 400, identities(0, "u")),
        Arguments.of("1024 characters", 200, identities(1, "é".repeat(1024))),
        Arguments.of("1025 characters", 400, identities(1, "é".repeat(1025))),
        Arguments.of("an empty identity", 400, "{\"identities\":[\"a\",\"\"]}"),
        Arguments.of("a blank identity", 400, "{\"identities\":[\" \"]}"),
        Arguments.of("a number", 400, "{\"identities\":[1]}"),
        Arguments.of("no list", 400, "{\"identities\":\"a\"}"),
        Arguments.of("no key", 400, "{\"d\":[\"a\"]}"),
        Arguments.of("no object", 400, "[\"a\"]"),
        Arguments.of("cut", 400, "{\"identities\":[\"a\""),
        Arguments.of("more after it", 400, "{\"identities\":[\"a\"]}{}"),
        Arguments.of("empty", 400, ""));
  }

  private static String identities(int count, String identity) {
    return "{\"identities\":" + Collections.nCopies(count, "\"" + identity + "\"") + "}";
  }

  @Test
  void repliesWithAStatusAndTellsOfEachIdentity() throws Exception {
    List<String> records = new ArrayList<>();
    Recorder recorder = (kind, record) -> records.add(kind + " " + record.textValue());
    try (StandIn standIn = StandIn.start(StandInOptions.builder().recorder(recorder).build())) {
      Caller caller = new Caller(standIn);
      assertThat(caller.call(Api.DEMERGE, "{\"identities\":[\"a\",\"b\"]}").body())
          .isEqualTo("{\"status\":\"success\"}");
      assertThat(standIn.stats().accepted(RecordKind.DEMERGE)).isEqualTo(2);
      assertThat(standIn.stats().callsByPath()).containsEntry("/1/demerge/profiles.json", 1L);
    }
    assertThat(records).containsExactly("DEMERGE a", "DEMERGE b");
  }

  @Test
  void isACallWithJson() throws Exception {
    try (StandIn standIn = StandIn.start(StandInOptions.defaults())) {
      Caller caller = new Caller(standIn);
      assertThat(
              caller
                  .send(
                      caller.call(Api.DEMERGE.path()).setHeader("Content-Type", "text/plain"),
                      identities(1, "u"))
                  .statusCode())
          .isEqualTo(400);
    }
  }
}
