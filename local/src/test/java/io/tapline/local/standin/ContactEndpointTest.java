package io.tapline.local.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ContactEndpointTest {

  private static final String SUBSCRIPTION =
      "{\"type\":\"phone\",\"value\":\"+919213231415\",\"status\":\"Unsubscribe\"}";
  private static final String DISASSOCIATION = "{\"type\":\"phone\",\"value\":\"+919119244142\"}";

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "a phone,                     0, phone,    +919213231415,     Unsubscribe",
    "a phone again,               0, phone,    +919213231415,     Resubscribe",
    "an e-mail,                   0, email,    a@example.com,     Unsubscribe",
    "a whatsapp number,           0, whatsapp, +919213231415,     Resubscribe",
    "an unknown type,           512, sms,      +919213231415,     Unsubscribe",
    "a type in capitals,        512, Phone,    +919213231415,     Unsubscribe",
    "another status,            512, phone,    +919213231415,     Subscribe",
    "a status in small letters, 512, phone,    +919213231415,     unsubscribe",
    "no status,                 512, phone,    +919213231415,     ''",
    "a phone without a plus,    516, phone,    919213231415,      Unsubscribe",
    "a phone of 15 digits,        0, phone,    +919213231415123,  Unsubscribe",
    "a phone of 16 digits,      516, phone,    +9192132314151234, Unsubscribe",
    "an e-mail as a phone,      516, whatsapp, a@example.com,     Unsubscribe",
    "an e-mail without a dot,   515, email,    a@example,         Unsubscribe",
    "a phone as an e-mail,      515, email,    +919213231415,     Unsubscribe",
  })
  void checksSubscriptions(String rule, int code, String type, String value, String status)
      throws Exception {
    String record =
        "{\"type\":\"%s\",\"value\":\"%s\",\"status\":\"%s\"}".formatted(type, value, status);
    assertThat(codeOf(Api.SUBSCRIBE, record)).isEqualTo(code);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a phone                 | 0   | {'type':'phone','value':'+919119244142'}",
        "a phone with spaces     | 516 | {'type':'phone','value':'+91 9119244142'}",
        "a phone as a number     | 516 | {'type':'phone','value':919119244142}",
        "a country code of 0     | 516 | {'type':'phone','value':'+09119244142'}",
        "no value                | 516 | {'type':'phone'}",
        "an e-mail               | 512 | {'type':'email','value':'a@example.com'}",
        "no type                 | 512 | {'value':'+919119244142'}",
        "no object               | 512 | '+919119244142'",
      },
      quoteCharacter = '`')
  void checksDisassociations(String rule, int code, String record) throws Exception {
    assertThat(codeOf(Api.DISASSOCIATE, record.replace('\'', '"'))).isEqualTo(code);
  }

  /** The code with which a record is refused; 0 when it is accepted. */
  private static int codeOf(Api api, String record) throws Exception {
    try (StandIn standIn = StandIn.start(StandInOptions.defaults())) {
      JsonNode reply = Caller.json(new Caller(standIn).call(api, Caller.batch(record)).body());
      assertThat(reply.get("processed").asInt() + reply.get("unprocessed").size()).isEqualTo(1);
      return reply.at("/unprocessed/0/code").asInt(0);
    }
  }

  @Test
  void namesTheRecordByNumberAndEchoesItRetyped() throws Exception {
    try (StandIn standIn = StandIn.start(StandInOptions.defaults())) {
      String bad = "{\"type\":\"phone\",\"value\":\"919213231415\",\"status\":\"Unsubscribe\"}";
      HttpResponse<String> response =
          new Caller(standIn).call(Api.SUBSCRIBE, Caller.batch(SUBSCRIPTION, bad));
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body())
          .isEqualTo(
              """
              {"status":"partial","processed":1,"unprocessed":[{"status":"fail","code":516,\
              "error":"Record is incorrect. ErrorCode: 516 - Phone is not valid. \
              Skipped record number : 2",\
              "record":{"type":"phone","value":919213231415,"status":"Unsubscribe"}}]}\
              """);
      assertThat(standIn.stats().accepted(RecordKind.SUBSCRIPTION)).isEqualTo(1);
      assertThat(standIn.stats().refused()).containsEntry(516, 1L);
    }
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("counts")
  void limitsRecordsOfACall(Api api, String record, int count, int status) throws Exception {
    try (StandIn standIn = StandIn.start(StandInOptions.defaults())) {
      String body = "{\"d\":" + Collections.nCopies(count, record) + "}";
      assertThat(new Caller(standIn).call(api, body).statusCode()).isEqualTo(status);
      assertThat(standIn.stats().accepted().values())
          .containsExactlyElementsOf(status == 200 ? List.of((long) count) : List.of());
    }
  }

  static Stream<Arguments> counts() {
    return Stream.of(0, 1, 1000, 1001)
        .flatMap(
            count -> {
              int status = count >= 1 && count <= 1000 ? 200 : 400;
              return Stream.of(
                  Arguments.of(Api.SUBSCRIBE, SUBSCRIPTION, count, status),
                  Arguments.of(Api.DISASSOCIATE, DISASSOCIATION, count, status));
            });
  }

  @Test
  void refusesWhatIsNoBatch() throws Exception {
    try (StandIn standIn = StandIn.start(StandInOptions.defaults())) {
      Caller caller = new Caller(standIn);
      assertThat(caller.call(Api.SUBSCRIBE, SUBSCRIPTION).statusCode()).isEqualTo(400);
      assertThat(
              caller
                  .send(
                      caller.call(Api.DISASSOCIATE.path()).setHeader("Content-Type", "text/plain"),
                      Caller.batch(DISASSOCIATION))
                  .statusCode())
          .isEqualTo(400);
    }
  }

  @Test
  void tellsTheRecorderAndStrikesRecordsAsAsked() throws Exception {
    List<String> records = new ArrayList<>();
    StandInOptions options =
        StandInOptions.builder()
            .recorder((kind, record) -> records.add(kind + " " + record.get("value").asText()))
            .faults(Faults.parse("disassociate:555=1"))
            .build();
    try (StandIn standIn = StandIn.start(options)) {
      Caller caller = new Caller(standIn);
      caller.call(Api.SUBSCRIBE, Caller.batch(SUBSCRIPTION));
      String refused = caller.call(Api.DISASSOCIATE, Caller.batch(DISASSOCIATION)).body();
      assertThat(refused).contains("\"code\":555");
      caller.call(Api.DISASSOCIATE, Caller.batch(DISASSOCIATION));
    }
    assertThat(records)
        .containsExactly("SUBSCRIPTION +919213231415", "DISASSOCIATION +919119244142");
  }
}
