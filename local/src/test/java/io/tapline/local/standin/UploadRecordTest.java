package io.tapline.local.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadRecordTest {

  private static final Pattern REPEAT = Pattern.compile("\\$\\{(.)\\*(\\d+)}");

  private static StandIn standIn;
  private static Caller caller;

  @BeforeAll
  static void start() {
    standIn =
        StandIn.start(
            StandInOptions.builder()
                .maxEventProperties(5)
                .discardedEvents(Set.of("old event"))
                .build());
    caller = new Caller(standIn);
  }

  @AfterAll
  static void stop() {
    standIn.close();
  }

  /** The table; {@code ${a*3}} in it stands for {@code aaa}. */
  static Stream<Arguments> records() throws Exception {
    try (InputStream in = UploadRecordTest.class.getResourceAsStream("upload-records.jsonl")) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      return lines.stream()
          .map(line -> REPEAT.matcher(line).replaceAll(UploadRecordTest::repeated))
          .map(Caller::json)
          .map(c -> Arguments.of(c.get("rule").asText(), c.get("code").asInt(), c.get("record")));
    }
  }

  private static String repeated(MatchResult match) {
    return match.group(1).repeat(Integer.parseInt(match.group(2)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("records")
  void followsTheRule(String rule, int code, JsonNode record) throws Exception {
    assertThat(codeOf(record.toString())).as(rule).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "undefined",
        "NULL",
        "na",
        "N/A",
        "0",
        "nil",
        "-1",
        "Infinity",
        "-infinity",
        "inf",
        "-inf",
        "NaN",
        "-nan",
        "empty",
        "none",
        "XXXXXX"
      })
  void refusesWordsForNoneAsIdentity(String identity) throws Exception {
    assertThat(codeOf(Caller.profile(identity))).isEqualTo(523);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Notification Sent",
        "Notification Viewed",
        "Notification Clicked",
        "Notification Delivered",
        "Notification Replied",
        "UTM Visited",
        "App Launched",
        "App Uninstalled",
        "App Version Changed",
        "Stayed",
        "Reply Sent",
        "Experiment Rendered",
        "Reachable By",
        "Identity Reset",
        "Identity Set",
        "Identity Error",
        "WEB page Viewed"
      })
  void refusesEventsOfCleverTapsOwn(String name) throws Exception {
    String event = "{\"type\":\"event\",\"identity\":\"u1\",\"evtName\":\"%s\",\"evtData\":{}}";
    assertThat(codeOf(event.formatted(name))).isEqualTo(513);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%", ">", "<", "!", "|", "&", ".", ":", ";", "$", "'", "\\\"", "\\\\", ","})
  void refusesCharactersInNames(String character) throws Exception {
    String profile = "{\"type\":\"profile\",\"identity\":\"u1\",\"profileData\":{\"a%sb\":1}}";
    assertThat(codeOf(profile.formatted(character))).isEqualTo(512);
  }

  @ParameterizedTest(name = "{1} of {0}")
  @MethodSource("counts")
  void limitsHowMany(String rule, int count, String record, int code) throws Exception {
    assertThat(codeOf(record)).isEqualTo(code);
  }

  static Stream<Arguments> counts() {
    return Stream.of(
        Arguments.of("event properties", 5, event("Seen", properties(5)), 0),
        Arguments.of("event properties", 6, event("Seen", properties(6)), 522),
        Arguments.of("Items", 256, event("Charged", items(256)), 0),
        Arguments.of("Items", 257, event("Charged", items(257)), 512),
        Arguments.of("list values", 100, list(100), 0),
        Arguments.of("list values", 101, list(101), 512));
  }

  private static String event(String name, String data) {
    return "{\"type\":\"event\",\"identity\":\"u1\",\"evtName\":\"%s\",\"evtData\":{%s}}"
        .formatted(name, data);
  }

  private static String properties(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"p" + i + "\":1")
        .collect(Collectors.joining(","));
  }

  private static String items(int count) {
    return "\"Items\":" + Collections.nCopies(count, "{\"a\":1}");
  }

  private static String list(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"v" + i + "\"")
        .collect(
            Collectors.joining(
                ",",
                "{\"type\":\"profile\",\"identity\":\"u1\",\"profileData\":{\"tags\":[",
                "]}}"));
  }

  /** The code with which a record is refused; 0 when it is accepted. */
  private static int codeOf(String record) throws Exception {
    JsonNode reply = Caller.json(caller.upload(record).body());
    assertThat(reply.get("processed").asInt() + reply.get("unprocessed").size()).isEqualTo(1);
    return reply.at("/unprocessed/0/code").asInt(0);
  }
}
