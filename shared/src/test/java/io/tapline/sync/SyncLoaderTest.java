package io.tapline.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyncLoaderTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ORIGIN = "syncs/vip.json";

  private static final Map<String, String> BASES =
      Map.of(
          "profiles",
          """
          {"connection":"prod","prefix":"exports/vip/","target":"USER_PROFILES",
           "operation":"UPLOAD_USER_PROFILES"}\
          """,
          "events",
          """
          {"connection":"prod","prefix":"exports/vip/","target":"USER_EVENTS"}\
          """,
          "list",
          """
          {"connection":"prod","prefix":"exports/vip/","target":"CUSTOM_LIST","customList":
           {"name":"VIPs","userEmail":"admin@example.com","mode":"CREATE_NEW_SEGMENT"}}\
          """);

  @Test
  void loadsEveryKey() {
    Sync sync =
        load(
            """
            {
              "connection": "prod",
              "prefix": "exports/vip-profiles/",
              "target": "USER_PROFILES",
              "operation": "UPLOAD_USER_PROFILES",
              "arrayPropertyOperation": "APPEND",
              "threadCount": 10,
              "skipOnInvalidRecord": true,
              "maxInvalidRecords": "2.5%",
              "maxEventProperties": 256,
              "allowWhatsApp": true,
              "retry": {"attempts": 4, "firstDelay": "1s", "maxDelay": "1m", "callTimeout": "1m"},
              "unknownOutcome": "hold",
              "since": "2026-11-24T00:00:00Z",
              "expectEvery": "24h",
              "format": {"type": "tsv", "compression": "gz", "header": false, "delimiter": "|",
                         "quote": "'", "escape": "\\\\", "nullText": "NULL", "columns": ["a", "b"]},
              "columnTypes": {"ltv": "number", "vip": "boolean", "signup": "date", "tags": "list",
                              "zip": "string"},
              "rename": {"email_addr": "Email"}
            }\
            """);

    assertThat(sync)
        .isEqualTo(
            new Sync(
                "vip",
                "prod",
                "exports/vip-profiles/",
                Target.USER_PROFILES,
                Operation.UPLOAD_USER_PROFILES,
                ArrayPropertyOperation.APPEND,
                10,
                true,
                new InvalidRecordLimit.Percent(2.5),
                256,
                true,
                new RetrySettings(
                    4, Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(1)),
                null,
                UnknownOutcome.HOLD,
                Instant.parse("2026-11-24T00:00:00Z"),
                Duration.ofDays(1),
                new FormatSettings(
                    Format.Type.TSV,
                    Format.Compression.GZ,
                    false,
                    '|',
                    '\'',
                    '\\',
                    "NULL",
                    List.of("a", "b")),
                Map.of(
                    "ltv", ColumnType.NUMBER,
                    "vip", ColumnType.BOOLEAN,
                    "signup", ColumnType.DATE,
                    "tags", ColumnType.LIST,
                    "zip", ColumnType.STRING),
                Map.of("email_addr", "Email")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        """
        {"operation":null,"arrayPropertyOperation":null,"threadCount":null,
         "skipOnInvalidRecord":null,"maxInvalidRecords":null,"maxEventProperties":null,
         "allowWhatsApp":null,"retry":null,"customList":null,"unknownOutcome":null,"since":null,
         "expectEvery":null,"format":null,"columnTypes":null,"rename":null}\
        """,
        """
        {"retry":{"attempts":null,"firstDelay":null,"maxDelay":null,"callTimeout":null},
         "format":{"type":null,"compression":null,"header":null,"delimiter":null,"quote":null,
                   "escape":null,"nullText":null,"columns":null},
         "columnTypes":{"a":null},"rename":{"a":null}}\
        """
      })
  void givesDefaultsToWhatIsLeftOutOrNull(String change) {
    assertThat(load(changed("events", change)))
        .isEqualTo(
            new Sync(
                "vip",
                "prod",
                "exports/vip/",
                Target.USER_EVENTS,
                null,
                ArrayPropertyOperation.REPLACE,
                5,
                false,
                null,
                100,
                false,
                new RetrySettings(
                    3, Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofSeconds(30)),
                null,
                UnknownOutcome.RESEND,
                null,
                null,
                new FormatSettings(null, null, true, null, '"', '"', "", List.of()),
                Map.of(),
                Map.of()));
  }

  @ParameterizedTest
  @CsvSource({"CREATE_NEW_SEGMENT, false", "UPDATE_EXISTING_SEGMENT, true"})
  void loadsACustomList(String mode, boolean replace) {
    Sync sync =
        load(
            changed(
                "list",
                """
                {"customList":{"name":"VIPs","userEmail":"admin@example.com","mode":"%s"}}\
                """
                    .formatted(mode)));

    assertThat(sync.customList())
        .isEqualTo(new CustomListSettings("VIPs", "admin@example.com", "Tapline", replace));
  }

  @Test
  void loadsACustomListsCreator() {
    Sync sync =
        load(
            changed(
                "list",
                """
                {"customList":{"name":"VIPs","userEmail":"admin@example.com","creator":"CRM",
                 "mode":"CREATE_NEW_SEGMENT"}}\
                """));

    assertThat(sync.customList())
        .isEqualTo(new CustomListSettings("VIPs", "admin@example.com", "CRM", false));
  }

  @Test
  void countsInvalidRecordsByNumber() {
    Sync sync = load(changed("events", "{\"skipOnInvalidRecord\":true,\"maxInvalidRecords\":0}"));

    assertThat(sync.maxInvalidRecords()).isEqualTo(new InvalidRecordLimit.Count(0));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          escape is the quote            | {"quote":"'"}                 | ' | '
          escape is \\ where none quotes | {"quote":""}                  |   | \\
          escape is its own              | {"quote":"'","escape":"^"}    | ' | ^
          a delimiter frees the comma    | {"quote":",","delimiter":";"} | , | ,
          """)
  void findsTheEscape(String rule, String format, Character quote, char escape) {
    FormatSettings settings = load(changed("events", "{\"format\":" + format + "}")).format();

    assertThat(settings.quote()).as(rule).isEqualTo(quote);
    assertThat(settings.escape()).as(rule).isEqualTo(escape);
  }

  @Test
  void loadsJsonl() {
    Sync sync = load(changed("events", "{\"format\":{\"type\":\"jsonl\",\"compression\":\"gz\"}}"));

    assertThat(sync.format().type()).isEqualTo(Format.Type.JSONL);
    assertThat(sync.format().compression()).isEqualTo(Format.Compression.GZ);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "sync-settings.txt", delimiter = '|', quoteCharacter = '`')
  void takesASetting(String rule, String base, String change) {
    assertThatCode(() -> load(changed(base, change))).as(rule).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "sync-problems.txt", delimiter = '|', quoteCharacter = '`')
  void tellsAProblem(String rule, String base, String change, String problem) {
    assertThat(problems(changed(base, change).toString()))
        .as(rule)
        .contains(problem + " (" + ORIGIN + ")");
  }

  @Test
  void tellsAllProblemsAtOnce() {
    assertThat(problems("{\"prefix\":\"/\",\"threadCount\":11,\"retry\":{\"attempts\":0}}"))
        .hasSize(5);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          empty            | ``            | the text is empty; it must be a JSON object
          blank            | ` `           | the text is empty; it must be a JSON object
          a list           | []            | the text must be one JSON object
          a text           | "secret"      | the text must be one JSON object
          two objects      | {} {}         | the text must be one JSON object
          unfinished                 | {"a":              | the text is not valid JSON at line 1, column 6: it ends too early; close the quote or the bracket that is open
          a quote not closed         | {"a": "x           | the text is not valid JSON at line 1, column 9: it ends too early; close the quote or the bracket that is open
          unknown word               | {"a": secret}      | the text is not valid JSON at line 1, column 7: put text in double quotes ("), and write true or false in lower case
          a comma too many           | {"a": 1,}          | the text is not valid JSON at line 1, column 9: take out the comma before it, or add the value that is missing
          a comma too many in a list | {"a": [1,]}        | the text is not valid JSON at line 1, column 10: take out the comma before it, or add the value that is missing
          no comma                   | {"a": 1 "b": 2}    | the text is not valid JSON at line 1, column 9: put a comma before it, or a backslash before a quote within a text
          no colon                   | {"a" 1}            | the text is not valid JSON at line 1, column 6: put a colon between the key and its value
          a key without quotes       | {a: 1}             | the text is not valid JSON at line 1, column 2: put the key in double quotes (")
          single quotes              | {'a': 1}           | the text is not valid JSON at line 1, column 2: put text in straight double quotes (")
          quotes of a word processor | {“a”: 1}           | the text is not valid JSON at line 1, column 2: put text in straight double quotes (")
          a comment                  | {"a": 1} // secret | the text is not valid JSON at line 1, column 10: JSON has no comments; take it out
          a comment of a shell       | { # secret         | the text is not valid JSON at line 1, column 3: JSON has no comments; take it out
          a backslash                | {"a": "C:\\x"}     | the text is not valid JSON at line 1, column 11: write a backslash in a text twice (\\\\)
          a number of its own        | {"a": 007}         | the text is not valid JSON at line 1, column 8: write the number as JSON does, without a leading zero
          another bracket            | {"a": 1]           | the text is not valid JSON at line 1, column 8: close the bracket by one of its kind
          """)
  void tellsWhereTheJsonBreaksAndQuotesNothing(String rule, String json, String problem) {
    assertThat(problems(json)).as(rule).containsExactly(problem + " (" + ORIGIN + ")");
  }

  @Test
  void tellsOfAKeyThatAppearsTwiceAndChecksTheRest() {
    String json =
        """
        {"connection":"prod","prefix":"a","target":"USER_EVENTS",
         "retry":{"attempts":3,
          "attempts":4},
         "rename":{"attempts":"x"},"threadCount":0}\
        """;

    assertThat(problems(json))
        .containsExactly(
            "a key appears a second time at line 3, column 3; take one out (syncs/vip.json)",
            "threadCount is 0; it must be 1 to 10 (syncs/vip.json)");
  }

  @Test
  void tellsOfBrokenUtf8() {
    byte[] json = "{\"connection\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(problems("vip", json))
        .containsExactly("the text is not valid UTF-8; save it in that encoding (syncs/vip.json)");
  }

  @Test
  void skipsAByteOrderMark() {
    assertThatCode(() -> load("\uFEFF" + BASES.get("events"))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "A-z_0.9",
        "...a",
        "0123456789012345678901234567890123456789012345678901234567890123"
      })
  void takesAName(String name) {
    byte[] json = utf8(BASES.get("events"));

    assertThat(SyncLoader.load(name, json, ORIGIN).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a b",
        "a/b",
        "ä",
        "01234567890123456789012345678901234567890123456789012345678901234"
      })
  void refusesAName(String name) {
    assertThat(problems(name, utf8(BASES.get("events"))))
        .containsExactly(
            "the name of a sync must be 1 to 64 letters, digits, '.', '_' or '-', and not only dots"
                + " (syncs/vip.json)");
  }

  private static Sync load(String json) {
    return SyncLoader.load("vip", utf8(json), ORIGIN);
  }

  private static Sync load(ObjectNode json) {
    return load(json.toString());
  }

  private static List<String> problems(String json) {
    return problems("vip", utf8(json));
  }

  private static List<String> problems(String name, byte[] json) {
    SettingsException e =
        catchThrowableOfType(SettingsException.class, () -> SyncLoader.load(name, json, ORIGIN));
    assertThat(e).isNotNull();
    return e.getMessage().lines().toList();
  }

  /** A smallest sync of a kind, with the keys of {@code change} added or replaced. */
  static ObjectNode changed(String base, String change) {
    try {
      ObjectNode node = (ObjectNode) JSON.readTree(BASES.get(base));
      return node.setAll((ObjectNode) JSON.readTree(change));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
