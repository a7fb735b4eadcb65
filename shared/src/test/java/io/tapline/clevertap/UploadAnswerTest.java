package io.tapline.clevertap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadAnswerTest {

  static Stream<Arguments> answers() {
    return Stream.of(
        arguments(
            "all taken",
            """
            {"status":"success","processed":2,"unprocessed":[]}\
            """,
            new UploadAnswer("success", 2, List.of(), null, null)),
        arguments(
            "some refused",
            """
            {"status":"partial","processed":1,"unprocessed":[{"status":"fail","code":515,
            "error":"Profile data is incorrect. Email is not valid.Skipped record number : 2",
            "record":{"identity":"u2"}}]}\
            """,
            partial(
                2,
                "515",
                "Profile data is incorrect. Email is not valid.Skipped record number : 2",
                "u2")),
        arguments(
            "all refused, with 200",
            """
            {"status":"fail","processed":0,"unprocessed":[{"status":"fail","code":513,
            "error":"ErrorCode: 513 - restricted. Skipped record number : 1","record":{}}]}\
            """,
            new UploadAnswer(
                "fail",
                0,
                List.of(
                    new Refusal(
                        1, "513", "ErrorCode: 513 - restricted. Skipped record number : 1", null)),
                null,
                null)),
        arguments(
            "an error as a whole",
            """
            {"status":"fail","error":"Account ID is not valid","code":401}\
            """,
            new UploadAnswer("fail", 0, List.of(), 401, "Account ID is not valid")),
        arguments(
            "a code written as text",
            """
            {"status":"fail","error":"Malformed request","code":"400"}\
            """,
            new UploadAnswer("fail", 0, List.of(), 400, "Malformed request")),
        arguments(
            "no record number",
            """
            {"status":"partial","processed":1,"unprocessed":[
            {"code":"515","error":"No number","record":{"identity":"u2"}}]}\
            """,
            partial(null, "515", "No number", "u2")),
        arguments(
            "a number that is none of a call",
            """
            {"status":"partial","processed":1,"unprocessed":[
            {"code":515,"error":"Skipped record number : 12345678901"}]}\
            """,
            partial(123456789, "515", "Skipped record number : 12345678901", null)),
        arguments(
            "a number without spaces",
            """
            {"status":"partial","processed":1,"unprocessed":[
            {"code":515,"error":"Skipped record number:7"}]}\
            """,
            partial(7, "515", "Skipped record number:7", null)),
        arguments(
            "an identity re-typed as a number",
            """
            {"status":"partial","processed":1,"unprocessed":[
            {"code":515,"error":"E","record":{"identity":42}}]}\
            """,
            partial(null, "515", "E", "42")),
        arguments(
            "a user known by objectId",
            """
            {"status":"partial","processed":1,"unprocessed":[
            {"code":515,"error":"E","record":{"identity":null,"objectId":"__a"}}]}\
            """,
            partial(null, "515", "E", "__a")),
        arguments(
            "a refusal that says nothing",
            """
            {"status":"partial","processed":1,"unprocessed":["?"]}\
            """,
            partial(null, "NO_CODE", "", null)),
        arguments(
            "a code that is none",
            """
            {"status":"partial","processed":1,"unprocessed":[{"code":"=a@b.example","error":"x"}]}\
            """,
            partial(null, "NO_CODE", "x", null)),
        arguments(
            "no counts",
            """
            {"status":"success"}\
            """,
            new UploadAnswer("success", 0, List.of(), null, null)),
        arguments(
            "unprocessed that is no list",
            """
            {"status":"success","processed":1,"unprocessed":{"a":1}}\
            """,
            new UploadAnswer("success", 1, List.of(), null, null)));
  }

  private static UploadAnswer partial(Integer position, String code, String error, String user) {
    return new UploadAnswer(
        "partial", 1, List.of(new Refusal(position, code, error, user)), null, null);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void readsWhatCleverTapSays(String rule, String json, UploadAnswer expected) {
    assertThat(parse(json)).contains(expected);
  }

  @Test
  void keepsTheOrderOfTheAnswer() {
    String json =
        """
        {"status":"partial","processed":0,"unprocessed":[
        {"code":515,"error":"Skipped record number : 3"},
        {"code":516,"error":"Skipped record number : 1"}]}\
        """;

    assertThat(parse(json).orElseThrow().refusals())
        .extracting(Refusal::position)
        .containsExactly(3, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "\"success\"",
        "{}",
        "{\"status\":1}",
        "{\"status\":\"success\"",
        "<html>502 Bad Gateway</html>",
        "\u0000",
      })
  void isEmptyForAnythingElse(String body) {
    assertThat(parse(body)).isEmpty();
  }

  private static Optional<UploadAnswer> parse(String json) {
    return UploadAnswer.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
