package io.tapline.bench.rig;

import io.tapline.sync.Connection;
import io.tapline.sync.ConnectionSource;
import java.net.URI;

/** The connection of all names. */
final class OneConnection implements ConnectionSource {

  @Override
  public Connection get(String name) {
    return new Connection(name, "account", "passcode", URI.create("http://clevertap"));
  }

  @Override
  public Connection refresh(String name) {
    return get(name);
  }
}
