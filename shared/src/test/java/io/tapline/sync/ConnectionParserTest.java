package io.tapline.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectionParserTest {

  private static final String ALLOWED_URL =
      "https:// with a host and perhaps a port, without a path (http:// for this machine only)";

  @ParameterizedTest
  @CsvSource({
    "in1, in1.api.clevertap.com",
    "sg1, sg1.api.clevertap.com",
    "us1, us1.api.clevertap.com",
    "aps3, aps3.api.clevertap.com",
    "mec1, mec1.api.clevertap.com",
    "eu1, api.clevertap.com",
    "sk1, sk1.api.clevertap.com",
  })
  void knowsTheHostOfARegion(String region, String host) {
    assertThat(parse("\"region\":\"" + region + "\",\"baseUrl\":null"))
        .isEqualTo(new Connection("prod", "ABC", "SECRET", URI.create("https://" + host)));
  }

  @ParameterizedTest
  @MethodSource("takenUrls")
  void takesABaseUrl(String url, String rule, URI expected) {
    assertThat(parse("\"baseUrl\":\"" + url + "\"").baseUrl()).as(rule).isEqualTo(expected);
  }

  static Stream<Arguments> takenUrls() {
    return Stream.of(
        takenUrl("https://proxy.example.com", "https", "https://proxy.example.com"),
        takenUrl("https://proxy.example.com:8443", "a port", "https://proxy.example.com:8443"),
        takenUrl("https://proxy.example.com/", "a slash is no path", "https://proxy.example.com"),
        takenUrl("HTTPS://Proxy.Example.com", "upper case", "https://proxy.example.com"),
        takenUrl("http://localhost:8080", "this machine", "http://localhost:8080"),
        takenUrl("http://127.0.0.1:8080", "this machine", "http://127.0.0.1:8080"),
        takenUrl("http://[::1]:8080", "this machine", "http://[::1]:8080"));
  }

  private static Arguments takenUrl(String url, String rule, String expected) {
    return Arguments.of(url, rule, URI.create(expected));
  }

  @Test
  void prefersTheBaseUrlToTheRegion() {
    assertThat(parse("\"region\":\"in1\",\"baseUrl\":\"https://proxy.example.com\"").baseUrl())
        .isEqualTo(URI.create("https://proxy.example.com"));
  }

  @ParameterizedTest
  @MethodSource("refusedUrls")
  void refusesABaseUrl(String url) {
    assertThat(problems("{\"accountId\":\"A\",\"passcode\":\"P\",\"baseUrl\":\"" + url + "\"}"))
        .containsExactly(
            "baseUrl is %s; it must be %s (here)"
                .formatted(
                    url.isEmpty() ? "empty" : "text of " + url.length() + " characters (not shown)",
                    ALLOWED_URL));
  }

  static Stream<String> refusedUrls() {
    return Stream.of(
        "http://api.clevertap.com",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "ftp://localhost",
        "api.clevertap.com",
        "https://",
        "https:///",
        "https://host/1/upload",
        "https://host?q=1",
        "https://host#f",
        "https://user:SECRET@host",
        "https://ho st",
        "");
  }

  @ParameterizedTest
  @CsvFileSource(resources = "connection-problems.txt", delimiter = '|', quoteCharacter = '`')
  void tellsAProblemWithoutTheSecret(String rule, String json, String problem) {
    assertThat(problems(json))
        .as(rule)
        .contains(problem + " (here)")
        .noneMatch(line -> line.contains("SECRET"));
  }

  @Test
  void refusesANameThatCannotBeOne() {
    SettingsException e =
        catchThrowableOfType(
            SettingsException.class, () -> ConnectionParser.parse("../a", "{}", "here"));

    assertThat(e).hasMessageStartingWith("the name of a connection must be 1 to 64 letters");
  }

  @Test
  void leavesThePasscodeOutOfAConnectionsText() {
    assertThat(parse("\"region\":\"in1\"")).asString().contains("ABC").doesNotContain("SECRET");
  }

  private static Connection parse(String place) {
    return ConnectionParser.parse(
        "prod", "{\"accountId\":\"ABC\",\"passcode\":\"SECRET\"," + place + "}", "here");
  }

  private static List<String> problems(String json) {
    SettingsException e =
        catchThrowableOfType(
            SettingsException.class, () -> ConnectionParser.parse("prod", json, "here"));
    assertThat(e).isNotNull().hasNoCause();
    return e.getMessage().lines().toList();
  }
}
