package io.tapline.clevertap;

import static io.tapline.clevertap.ScriptedApi.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.sync.Connection;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentApiTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Connection CONNECTION =
      new Connection("prod", "ACCOUNT", "PASSCODE", URI.create("https://api.clevertap.com"));
  private static final SegmentRequest REQUEST =
      new SegmentRequest("VIPs", "a@example.com", "1.csv", "Tapline", "https://s3/x?SECRET", false);

  private static final ListFile LIST =
      new ListFile() {
        @Override
        public long size() {
          return 0;
        }

        @Override
        public InputStream open() {
          return InputStream.nullInputStream();
        }
      };

  @ParameterizedTest(name = "{1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200|{"presignedS3URL":"https://s3.example.com/x?y=1%2F2","status":"success"}|Url
          200|{"status":"fail","error":"URL not generated, Please come back later"}|Later NO_URL
          400|{"status":"fail","error":"URL not generated, Please come back later"}|Later 400
          200|{"presignedS3URL":"no URL","status":"success"}|Later NO_URL
          200|{"presignedS3URL":"ftp://s3/x","status":"success"}|Later NO_URL
          200|<html>|Later NO_URL
          200|{"status":"fail","error":"Too many concurrent requests","code":429}|Later 429
          503||Later 503
          500||Later 500
          400|{"status":"fail","error":"Malformed request","code":400}|Refused
          200|{"status":"fail","error":"Account ID is not valid","code":401}|Forbidden
          405||Forbidden
          """)
  void judgesTheFirstStep(int status, String body, String expected) {
    assertThat(told(api(status, body).url(CONNECTION, TIMEOUT))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200||Stored
          204||Stored
          403|<Error><Code>AccessDenied</Code></Error>|Expired
          400|<Error><Code>RequestTimeout</Code></Error>|Later 400
          400|<Error><Code>EntityTooLarge</Code></Error>|Refused
          411||Refused
          307||Refused
          429||Later 429
          500||Later 500
          503||Later 503
          """)
  void judgesTheSecondStep(int status, String body, String expected) {
    Reply reply = answer(status, body == null ? "" : body);

    assertThat(told(ask("put", reply))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200|{"Segment ID":1234,"status":"success","code":200}|Completed 1234
          200|{"status":"success"}|Completed null
          200|{"Segment ID":"x","status":"success"}|Completed null
          200|<html>|Unknown NO_ANSWER
          200|{"status":"fail","error":"duplicate_name"}|Refused
          400|{"status":"fail","error":"duplicate_name","code":400}|Refused
          404|{"status":"fail","error":"Segment does not exist"}|Refused
          404||Forbidden
          401|{"status":"fail","error":"Email id is either not in the right format"}|WrongEmail
          401|{"status":"fail","error":"Account ID is not valid","code":401}|Forbidden
          403||Forbidden
          429||Later 429
          503||Later 503
          500||Unknown 500
          502||Unknown 502
          504||Unknown 504
          """)
  void judgesTheThirdStep(int status, String body, String expected) {
    assertThat(told(api(status, body).complete(CONNECTION, REQUEST, TIMEOUT))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "url, NotSent, Later",
    "url, Lost, Later",
    "put, NotSent, Later",
    "put, Lost, Later",
    "complete, NotSent, Later",
    "complete, Lost, Unknown",
  })
  void knowsWhatMayHaveBeenTaken(String step, String kind, String answer) {
    Reply reply = kind.equals("Lost") ? new Reply.Lost("reset") : new Reply.NotSent("refused");

    assertThat(ask(step, reply).getClass().getSimpleName()).isEqualTo(answer);
  }

  @Test
  void keepsSecretsOutOfItsTexts() {
    String words = "{\"status\":\"fail\",\"error\":\"PASSCODE a@example.com https://s3/x?SECRET\"}";
    SegmentAnswer refused = api(400, words).complete(CONNECTION, REQUEST, TIMEOUT);

    assertThat(refused.toString()).contains("HTTP 400: … … …");
    assertThat(REQUEST.toString()).doesNotContain("SECRET", "a@example.com");
    assertThat(new SegmentAnswer.Url("https://s3/x?SECRET").toString()).doesNotContain("SECRET");
  }

  private static SegmentApi api(int status, String body) {
    return new SegmentApi(new ScriptedApi(List.of(answer(status, body == null ? "" : body))));
  }

  /** What an answer is, without its reason. */
  private static String told(SegmentAnswer answer) {
    String detail =
        switch (answer) {
          case SegmentAnswer.Later later -> " " + later.code();
          case SegmentAnswer.Unknown unknown -> " " + unknown.code();
          case SegmentAnswer.Completed completed -> " " + completed.segment();
          default -> "";
        };
    return answer.getClass().getSimpleName() + detail;
  }

  private SegmentAnswer ask(String step, Reply reply) {
    SegmentApi api = new SegmentApi(new OneReply(reply));
    return switch (step) {
      case "url" -> api.url(CONNECTION, TIMEOUT);
      case "put" -> api.put("https://s3/x", LIST, TIMEOUT);
      default -> api.complete(CONNECTION, REQUEST, TIMEOUT);
    };
  }

  private record OneReply(Reply reply) implements CleverTapApi {

    @Override
    public Reply post(Connection connection, String path, byte[] json, Duration timeout) {
      return reply;
    }

    @Override
    public Reply put(URI url, ListFile list, Duration timeout) {
      return reply;
    }
  }
}
