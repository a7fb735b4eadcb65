package io.tapline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An editor that goes by the schema of a connection takes what {@link ConnectionParser} takes. */
class ConnectionSchemaTest {

  private static final SettingsSchema SCHEMA = SettingsSchema.of("connection.schema.json");
  private static final String COMPLETE =
      """
      {"accountId":"ABC","passcode":"P","region":"in1"}\
      """;

  @Test
  void isASchema() {
    assertThat(SCHEMA.ownProblems()).isEmpty();
  }

  @Test
  void listsTheKeysOfTheParser() {
    assertThat(SCHEMA.keys()).isEqualTo(ConnectionParser.KEYS);
  }

  @Test
  void namesTheRegionsOfTheParser() {
    List<String> regions =
        StreamSupport.stream(SCHEMA.properties("").get("region").path("enum").spliterator(), false)
            .filter(JsonNode::isTextual)
            .map(JsonNode::textValue)
            .toList();

    assertThat(regions).containsExactlyElementsOf(ConnectionParser.REGIONS);
  }

  @Test
  void takesAWholeConnection() {
    assertThat(SCHEMA.problems(COMPLETE)).isEmpty();
    assertThat(SCHEMA.problems(changed("{\"$schema\":\"x\",\"baseUrl\":null}"))).isEmpty();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "connection-problems.txt", delimiter = '|', quoteCharacter = '`')
  void refusesWhatTheParserRefuses(String rule, String json) {
    // What only lacks some key would be refused for that.
    boolean fills = json.startsWith("{\"") && !rule.startsWith("malformed");

    assertThat(SCHEMA.problems(fills ? changed(json) : json)).as(rule).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.tapline.sync.ConnectionParserTest#takenUrls")
  void takesABaseUrl(String url) {
    assertThat(SCHEMA.problems(atUrl(url))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.tapline.sync.ConnectionParserTest#refusedUrls")
  void refusesABaseUrl(String url) {
    assertThat(SCHEMA.problems(atUrl(url))).isNotEmpty();
  }

  private static String atUrl(String url) {
    return "{\"accountId\":\"A\",\"passcode\":\"P\",\"baseUrl\":\"" + url + "\"}";
  }

  private static String changed(String change) {
    return COMPLETE.replace("}", ",") + change.substring(1);
  }
}
