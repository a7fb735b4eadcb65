package io.tapline.sync;

import io.tapline.aws.Lazy;
import java.util.function.Supplier;

/**
 * A source that is made at its first use. The splitter never calls CleverTap: it is deployed
 * without the clients that connections are read by. Safe for use by several threads.
 */
public final class LazyConnections implements ConnectionSource {

  private final Lazy<ConnectionSource> source;

  /** The source that {@code source} makes, once. */
  public LazyConnections(Supplier<ConnectionSource> source) {
    this.source = new Lazy<>(source);
  }

  @Override
  public Connection get(String name) {
    return source.get().get(name);
  }

  @Override
  public Connection refresh(String name) {
    return source.get().refresh(name);
  }
}
