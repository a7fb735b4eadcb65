package io.tapline.sync;

import io.tapline.aws.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Keeps what another source read for five minutes, so that a changed passcode is taken up soon and
 * not every call reads it. Safe for use by several threads; two of them may read the same
 * connection at once.
 */
public final class CachingConnections implements ConnectionSource {

  private static final Duration KEPT = Duration.ofMinutes(5);

  private final Function<String, Connection> reader;
  private final Clock clock;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  /**
   * @param reader reads the connection of a name as it is now, or throws {@link SettingsException};
   *     safe for use by several threads
   */
  public CachingConnections(Function<String, Connection> reader, Clock clock) {
    this.reader = reader;
    this.clock = clock;
  }

  @Override
  public Connection get(String name) {
    Kept last = kept.get(name);
    return last != null && clock.instant().isBefore(last.until())
        ? last.connection()
        : refresh(name);
  }

  @Override
  public Connection refresh(String name) {
    Connection connection = reader.apply(name);
    kept.put(name, new Kept(connection, clock.instant().plus(KEPT)));
    return connection;
  }

  private record Kept(Connection connection, Instant until) {}
}
