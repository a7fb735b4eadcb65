package io.tapline.clevertap;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.sync.Connection;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What CleverTap says at each of the three steps, and what that is taken for. */
class SegmentApiTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String URL = "https://lists.example.com/1?X-Amz-Signature=SECRET";
  private static final SegmentRequest REQUEST =
      new SegmentRequest("VIPs", "admin@example.com", "vips.csv", "Tapline", URL, true);
  private static final ListFile LIST =
      new ListFile() {
        @Override
        public long size() {
          return 0;
        }

        @Override
        public InputStream open() {
          return new ByteArrayInputStream(new byte[0]);
        }
      };

  private final Connection connection = new ScriptedConnections().get("prod");

  @ParameterizedTest(name = "{0}: HTTP {1} {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          url      | 200 | {"presignedS3URL":"https://a.example.com/x?y=z","expiry":"7 May, 01:29 PM","status":"success"} | Url
          url      | 200 | {"presignedS3URL":"https://a.example.com/x?y=z","expiry":"soon"}        | Url
          url      | 200 | {"status":"fail","error":"URL not generated, Please come back later"}   | Later
          url      | 400 | {"status":"fail","error":"URL not generated, Please come back later"}   | Later
          url      | 200 | {"presignedS3URL":"no URL","status":"success"}                          | Later
          url      | 200 | <html>                                                                  | Later
          url      | 429 | {"status":"fail","error":"Too many concurrent requests","code":429}     | Later
          url      | 500 | ~~                                                                      | Later
          url      | 400 | {"status":"fail","error":"Malformed request","code":400}                | Refused
          url      | 401 | {"status":"fail","error":"Account ID is not valid","code":401}          | Forbidden
          url      | 200 | {"status":"fail","error":"Account ID is not valid","code":401}          | Forbidden
          put      | 200 | ~~                                                                      | Stored
          put      | 204 | ~~                                                                      | Stored
          put      | 403 | <Error><Code>AccessDenied</Code></Error>                                | Expired
          put      | 400 | <Error><Code>RequestTimeout</Code></Error>                              | Later
          put      | 400 | <Error><Code>EntityTooLarge</Code></Error>                              | Refused
          put      | 429 | ~~                                                                      | Later
          put      | 503 | <Error><Code>SlowDown</Code></Error>                                    | Later
          complete | 200 | {"Segment ID":1234,"status":"success","code":200}                       | Completed
          complete | 200 | {"status":"success","code":200}                                         | Completed
          complete | 200 | <html>                                                                  | Unknown
          complete | 500 | ~~                                                                      | Unknown
          complete | 429 | ~~                                                                      | Later
          complete | 503 | ~~                                                                      | Later
          complete | 401 | {"error":"Email id is either not in the right format or does not belong to a valid admin","status":"fail","code":401} | WrongEmail
          complete | 401 | {"status":"fail","error":"Account ID is not valid","code":401}          | Forbidden
          complete | 403 | ~~                                                                      | Forbidden
          complete | 400 | {"status":"fail","error":"duplicate_name"}                              | Refused
          complete | 200 | {"status":"fail","error":"duplicate_name"}                              | Refused
          """)
  void readsWhatCleverTapSays(String step, int status, String body, String answer) {
    assertThat(ask(step, ScriptedApi.answer(status, body)).getClass().getSimpleName())
        .isEqualTo(answer);
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
  void readsTheIdOfTheSegment() {
    assertThat(
            ask("complete", ScriptedApi.answer(200, "{\"Segment ID\":7,\"status\":\"success\"}")))
        .isEqualTo(new SegmentAnswer.Completed(7L));
  }

  private SegmentAnswer ask(String step, Reply reply) {
    SegmentApi api = new SegmentApi(new OneReply(reply));
    return switch (step) {
      case "url" -> api.url(connection, TIMEOUT);
      case "put" -> api.put(URL, LIST, TIMEOUT);
      default -> api.complete(connection, REQUEST, TIMEOUT);
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
