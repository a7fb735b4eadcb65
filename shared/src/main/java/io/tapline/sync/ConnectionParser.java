package io.tapline.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads a connection from JSON, wherever that was kept. No message quotes any of it: it may be the
 * passcode.
 */
public final class ConnectionParser {

  static final List<String> KEYS =
      List.of(SettingsJson.SCHEMA, "accountId", "passcode", "region", "baseUrl");

  /**
   * CleverTap's API hosts by the region's code in the dashboard. Europe is the default region and
   * has no code in its host; {@code sk1} is legacy.
   */
  private static final Map<String, String> HOSTS =
      new TreeMap<>(
          Map.of(
              "in1", "in1.api.clevertap.com",
              "sg1", "sg1.api.clevertap.com",
              "us1", "us1.api.clevertap.com",
              "aps3", "aps3.api.clevertap.com",
              "mec1", "mec1.api.clevertap.com",
              "eu1", "api.clevertap.com",
              "sk1", "sk1.api.clevertap.com"));

  static final List<String> REGIONS = List.copyOf(HOSTS.keySet());

  private static final String REGION = "one of " + String.join(", ", REGIONS) + " in lower case";
  private static final String BASE_URL =
      "https:// with a host and perhaps a port, without a path (http:// for this machine only)";

  /** What an HTTP header can carry: both values are sent as one. */
  private static final Pattern HEADER_VALUE = Pattern.compile("[!-~]+");

  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

  private ConnectionParser() {}

  /**
   * Reads {@code {"accountId": …, "passcode": …, "region": …, "baseUrl": …}}. Of the last two one
   * is enough; {@code baseUrl} wins.
   *
   * @param name the connection's
   * @param origin where {@code json} was read from, for messages
   * @throws SettingsException with everything that is wrong, a line each
   */
  public static Connection parse(String name, String json, String origin) {
    requireName(name);
    Problems problems = new Problems(origin);
    ObjectNode node = SettingsJson.read(json, problems).orElseThrow(problems::toException);
    SettingsObject root = new SettingsObject(node, problems).withheld();
    root.allowOnly(KEYS);
    root.text(SettingsJson.SCHEMA, text -> true, "text");
    String accountId = headerValue(root, "accountId");
    String passcode = headerValue(root, "passcode");
    Optional<URI> region =
        root.convert("region", REGION, ConnectionParser::ofRegion, JsonNode::isTextual);
    Optional<URI> baseUrl =
        root.convert("baseUrl", BASE_URL, ConnectionParser::ofUrl, JsonNode::isTextual);
    if (!root.has("baseUrl")) {
      root.requirePresent("region", REGION + ", unless there is a baseUrl");
    }
    if (!problems.isEmpty()) {
      throw problems.toException();
    }
    return new Connection(name, accountId, passcode, baseUrl.or(() -> region).orElseThrow());
  }

  /**
   * @throws SettingsException when no connection can be named so
   */
  static void requireName(String name) {
    if (!SettingsName.isValid(name)) {
      throw new SettingsException("the name of a connection must be " + SettingsName.ALLOWED);
    }
  }

  private static String headerValue(SettingsObject root, String key) {
    return root.requiredText(
        key,
        text -> HEADER_VALUE.matcher(text).matches(),
        "text of ASCII characters without spaces or line ends");
  }

  private static Optional<URI> ofRegion(JsonNode value) {
    return Optional.ofNullable(HOSTS.get(value.textValue()))
        .map(host -> URI.create("https://" + host));
  }

  private static Optional<URI> ofUrl(JsonNode value) {
    try {
      URI url = new URI(value.textValue());
      String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
      String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
      boolean bare =
          url.getRawUserInfo() == null
              && url.getRawQuery() == null
              && url.getRawFragment() == null
              && (url.getRawPath().isEmpty() || url.getRawPath().equals("/"));
      // The passcode must not cross a network in clear text.
      boolean safe =
          scheme.equals("https") || (scheme.equals("http") && LOOPBACK.matcher(host).matches());
      return bare && safe && !host.isEmpty()
          ? Optional.of(new URI(scheme, null, host, url.getPort(), null, null, null))
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
