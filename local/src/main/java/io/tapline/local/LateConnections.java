package io.tapline.local;

import io.tapline.sync.Connection;
import io.tapline.sync.ConnectionSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Connections of a machine that has to run before it is known which it needs. Thread-safe. */
final class LateConnections implements ConnectionSource {

  private volatile @Nullable ConnectionSource source;

  /** From now on they come from here. */
  void are(ConnectionSource source) {
    this.source = source;
  }

  @Override
  public Connection get(String name) {
    return source().get(name);
  }

  @Override
  public Connection refresh(String name) {
    return source().refresh(name);
  }

  private ConnectionSource source() {
    return Objects.requireNonNull(source, "no connections yet");
  }
}
