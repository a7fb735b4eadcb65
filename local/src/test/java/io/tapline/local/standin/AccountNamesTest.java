package io.tapline.local.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountNamesTest {

  private final StandIn standIn =
      StandIn.start(StandInOptions.builder().maxEventProperties(5).build());
  private final Caller caller = new Caller(standIn);

  @AfterEach
  void stop() {
    standIn.close();
  }

  @Test
  void learns256CustomPropertiesOfProfiles() throws Exception {
    assertThat(code(profile(0, 200))).isZero();
    assertThat(code(profile(150, 257))).isEqualTo(512); // and none of the 57 that are new is kept
    assertThat(code(profile(150, 256))).isZero();
    assertThat(code(profile(256, 257))).isEqualTo(512);
    assertThat(code(profile(100, 256))).isZero();
    assertThat(code(Caller.profile("u1"))).isZero();
    assertThat(
            code(
                """
                {"type":"profile","identity":"u1","profileData":{"name":"A","Email":"a@example.com",\
                "Photo":"https://example.com/a.png","Customer Type":"b","Timezone":"UTC"}}\
                """))
        .isZero();
  }

  @Test
  void learns512Events() throws Exception {
    String[] events = IntStream.range(0, 512).mapToObj(i -> event("e" + i)).toArray(String[]::new);
    assertThat(code(events)).isZero();
    assertThat(code(event("e512"))).isEqualTo(512);
    assertThat(code(event("e0"))).isZero();
  }

  @Test
  void countsWhatOneCallBrings() throws Exception {
    JsonNode reply = upload("", profile(0, 256), profile(256, 257), profile(255, 256));
    assertThat(reply.get("processed").asInt()).isEqualTo(2);
    assertThat(reply.at("/unprocessed/0/error").asText())
        .isEqualTo(
            "Profile data is incorrect. More than 256 custom properties in the account."
                + "Skipped record number : 2");
  }

  @Test
  void learnsNothingFromADryRunOrAMalformedCall() throws Exception {
    assertThat(upload("?dryRun=1", profile(0, 256), event("e")).get("processed").asInt())
        .isEqualTo(2);
    caller.send(caller.call(Api.UPLOAD.path()), "{\"d\":[" + profile(300, 556) + "}");
    assertThat(code(profile(600, 856))).isZero();
  }

  @Test
  void keepsANameUntilAllWhoBroughtItGaveItBack() {
    NameLimit limit = new NameLimit(1);
    assertThat(limit.take(Set.of("a"))).isTrue();
    assertThat(limit.take(Set.of("a"))).isTrue();
    limit.giveBack(Set.of("a"));
    assertThat(limit.take(Set.of("b"))).isFalse();
    limit.giveBack(Set.of("a"));
    assertThat(limit.take(Set.of("b"))).isTrue();
  }

  private static String profile(int first, int end) {
    return IntStream.range(first, end)
        .mapToObj(i -> "\"p" + i + "\":1")
        .collect(
            Collectors.joining(
                ",", "{\"type\":\"profile\",\"identity\":\"u1\",\"profileData\":{", "}}"));
  }

  private static String event(String name) {
    return "{\"type\":\"event\",\"identity\":\"u1\",\"evtName\":\"%s\",\"evtData\":{}}"
        .formatted(name);
  }

  private JsonNode upload(String query, String... records) throws Exception {
    return Caller.json(
        caller.send(caller.call(Api.UPLOAD.path() + query), Caller.batch(records)).body());
  }

  /** The code of the first refused record; 0 when there is none. */
  private int code(String... records) throws Exception {
    return upload("", records).at("/unprocessed/0/code").asInt(0);
  }
}
