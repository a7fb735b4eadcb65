package io.tapline.local.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.aws.Clock;
import io.tapline.clevertap.CleverTapApi;
import io.tapline.clevertap.HttpCleverTapApi;
import io.tapline.clevertap.Reply;
import io.tapline.local.check.ProbeAnswer.Verdict;
import io.tapline.local.standin.Faults;
import io.tapline.local.standin.StandIn;
import io.tapline.local.standin.StandInOptions;
import io.tapline.sync.Connection;
import io.tapline.sync.RecordKind;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProbeTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final String PASSCODE = "p4ssc0de-of-the-account";

  private final CleverTapApi api = new HttpCleverTapApi(Clock.system());

  @TempDir private Path folder;

  @Test
  void provesAConnectionAndStoresNothing() throws IOException {
    Path requests = folder.resolve("requests");
    try (StandIn standIn = StandIn.start(StandInOptions.builder().requestLog(requests).build())) {
      ProbeAnswer answer = Probe.of(api, connection(standIn), RecordKind.PROFILE, TIMEOUT);

      assertThat(answer.verdict()).isEqualTo(Verdict.PROVEN);
      assertThat(answer.text())
          .contains(
              "host 127.0.0.1",
              "account " + standIn.accountId(),
              "connection \"prod\"",
              "nothing was stored",
              "523")
          .doesNotContain(standIn.passcode(), "not proven");
      assertThat(standIn.stats().accepted()).isEmpty();
    }
    assertThat(Files.readString(requests)).isEmpty();
  }

  /** What the stand-in does wrong, and what a person reads. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "401=1          | FORBIDDEN | a wrong region answers so, too",
        "403=1          | FORBIDDEN | may not upload",
        "400=1          | FORBIDDEN | refused as a whole",
        "413=1          | FORBIDDEN | refused as a whole",
        "429=1          | UNREACHED | too many calls at once",
        "503=1          | UNREACHED | try again later",
        "500-before=1   | UNREACHED | try again later",
        "502-after=1    | UNREACHED | try again later",
        "504-before=1   | UNREACHED | try again later",
        "reset-before=1 | UNREACHED | a firewall, a proxy or a wrong baseUrl",
        "hang-before=1  | UNREACHED | no answer from 127.0.0.1 within 2000 ms",
        "close=1        | PROVEN    | nothing was stored",
        "unnumbered=1   | PROVEN    | nothing was stored",
      })
  void saysWhatIsWrong(String faults, Verdict verdict, String text) {
    try (StandIn standIn =
        StandIn.start(StandInOptions.builder().faults(Faults.parse(faults)).build())) {
      ProbeAnswer answer = Probe.of(api, connection(standIn), RecordKind.PROFILE, TIMEOUT);

      assertThat(answer.text()).contains(text, "127.0.0.1");
      assertThat(answer.verdict()).isEqualTo(verdict);
      assertThat(standIn.stats().accepted()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"false, true", "true, false"})
  void tellsWrongCredentials(boolean rightAccount, boolean rightPasscode) {
    try (StandIn standIn = StandIn.start(StandInOptions.builder().build())) {
      Connection wrong =
          new Connection(
              "prod",
              rightAccount ? standIn.accountId() : "OTHER",
              rightPasscode ? standIn.passcode() : PASSCODE,
              standIn.baseUri());

      ProbeAnswer answer = Probe.of(api, wrong, RecordKind.EVENT, TIMEOUT);

      assertThat(answer.verdict()).isEqualTo(Verdict.FORBIDDEN);
      assertThat(answer.text())
          .contains("HTTP 401 from 127.0.0.1", "connection \"prod\"", "is not valid")
          .doesNotContain(PASSCODE, standIn.passcode());
    }
  }

  @Test
  void tellsThatNobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }

    ProbeAnswer answer = probe("http://127.0.0.1:" + port);

    assertThat(answer.verdict()).isEqualTo(Verdict.UNREACHED);
    assertThat(answer.text()).contains("no connection to 127.0.0.1", "baseUrl");
  }

  @Test
  void tellsAHostThatNobodyKnows() {
    ProbeAnswer answer = probe("https://nowhere.invalid");

    assertThat(answer.verdict()).isEqualTo(Verdict.UNREACHED);
    assertThat(answer.text()).contains("nowhere.invalid can't be resolved", "region", "prod");
  }

  @Test
  void tellsAServerThatSpeaksNoTls() {
    try (StandIn standIn = StandIn.start(StandInOptions.builder().build())) {
      ProbeAnswer answer = probe("https://127.0.0.1:" + standIn.baseUri().getPort());

      assertThat(answer.verdict()).isEqualTo(Verdict.UNREACHED);
      assertThat(answer.text()).contains("SSL", "127.0.0.1");
    }
  }

  /** What no stand-in does. */
  @ParameterizedTest(name = "HTTP {0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "302 |                                                | FORBIDDEN | sends calls elsewhere",
        "404 | <html>                                         | FORBIDDEN | no upload API",
        "405 |                                                | FORBIDDEN | no upload API",
        "200 | <html>                                         | FORBIDDEN | not CleverTap's",
        "200 | {\"status\":\"fail\",\"error\":\"No\",\"code\":401} | FORBIDDEN | HTTP 401",
        "200 | {\"status\":\"fail\",\"error\":\"p4ssc0de-of-the-account\",\"code\":401}"
            + " | FORBIDDEN | (\"…\")",
        "200 | {\"status\":\"success\",\"processed\":1,\"unprocessed\":[]}"
            + " | PROVEN | documents as refused",
        "200 | {\"status\":\"fail\",\"processed\":0,\"unprocessed\":[{\"code\":526}]}"
            + " | PROVEN | code 526 in place of 523",
        "200 | {\"status\":\"fail\",\"processed\":0,\"unprocessed\":[{\"code\":555}]}"
            + " | UNREACHED | error of its own",
        "200 | {\"status\":\"fail\",\"code\":523}             | PROVEN    | code 523, as it should",
      })
  void judgesOtherAnswers(int status, String body, Verdict verdict, String text) {
    CleverTapApi fixed =
        (connection, path, json, timeout) ->
            new Reply.Answer(status, body == null ? new byte[0] : body.getBytes(UTF_8), null);

    ProbeAnswer answer =
        Probe.of(fixed, connection("https://in1.api.clevertap.com"), RecordKind.PROFILE, TIMEOUT);

    assertThat(answer.text()).contains(text).doesNotContain(PASSCODE);
    assertThat(answer.verdict()).isEqualTo(verdict);
  }

  @Test
  void tellsACertificateThatIsNotTrusted() {
    CleverTapApi untrusted =
        (connection, path, json, timeout) ->
            new Reply.NotSent("no connection to 127.0.0.1 (SSLHandshakeException)");

    ProbeAnswer answer =
        Probe.of(untrusted, connection("https://127.0.0.1"), RecordKind.PROFILE, TIMEOUT);

    assertThat(answer.verdict()).isEqualTo(Verdict.UNREACHED);
    assertThat(answer.text()).contains("certificate", "proxy", "clock");
  }

  /** A record that stores nothing can be sent to one endpoint only. */
  @ParameterizedTest
  @EnumSource(RecordKind.class)
  void saysWhatItDidNotProve(RecordKind kind) {
    try (StandIn standIn = StandIn.start(StandInOptions.builder().build())) {
      ProbeAnswer answer = Probe.of(api, connection(standIn), kind, TIMEOUT);

      assertThat(answer.verdict()).isEqualTo(Verdict.PROVEN);
      switch (kind) {
        case PROFILE, EVENT, TOKEN -> assertThat(answer.text()).doesNotContain("not proven");
        case DEMERGE, SUBSCRIPTION, DISASSOCIATION, LIST_MEMBER ->
            assertThat(answer.text()).contains("/1/upload", "is not proven");
      }
    }
  }

  private ProbeAnswer probe(String baseUrl) {
    return Probe.of(api, connection(baseUrl), RecordKind.PROFILE, TIMEOUT);
  }

  private static Connection connection(String baseUrl) {
    return new Connection("prod", "ABC", PASSCODE, URI.create(baseUrl));
  }

  private static Connection connection(StandIn standIn) {
    return new Connection("prod", standIn.accountId(), standIn.passcode(), standIn.baseUri());
  }
}
