package io.tapline.local;

import io.tapline.aws.Clock;
import io.tapline.sync.CachingConnections;
import io.tapline.sync.Connection;
import io.tapline.sync.ConnectionParser;
import io.tapline.sync.ConnectionSource;
import io.tapline.sync.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Connections of one machine: the environment variable {@code TAPLINE_CONNECTION_<NAME>}, the name
 * in capitals and with {@code _} for what is no letter or digit, else the file {@code
 * ~/.tapline/connections/NAME.json}.
 */
final class LocalConnections {

  private LocalConnections() {}

  /** Reads them from this environment and from below this home folder. */
  static ConnectionSource of(Map<String, String> environment, Path home, Clock clock) {
    return new CachingConnections(name -> read(name, environment, home), clock);
  }

  private static Connection read(String name, Map<String, String> environment, Path home) {
    String variable =
        "TAPLINE_CONNECTION_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    String value = environment.get(variable);
    if (value != null) {
      return ConnectionParser.parse(name, value, variable);
    }
    Path file = home.resolve(".tapline/connections/" + name + ".json");
    if (!Files.exists(file)) {
      throw new SettingsException(
          ("connection \"%s\" is not known here: set the environment variable %s or write %s;"
                  + " docs/settings.md says how; to rehearse without one, add --clevertap stand-in")
              .formatted(name, variable, file));
    }
    try {
      return ConnectionParser.parse(name, Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new SettingsException(
          "connection \"%s\": %s can't be read; see what it is, and who may read it"
              .formatted(name, file));
    }
  }
}
