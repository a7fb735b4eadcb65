package io.tapline.clevertap;

import io.tapline.sync.Connection;
import io.tapline.sync.ConnectionSource;
import java.net.URI;

/** One connection, whose passcode is another one after each refresh. */
public final class ScriptedConnections implements ConnectionSource {

  private int refreshes;

  @Override
  public Connection get(String name) {
    return new Connection(
        name, "ACCOUNT", "pass-" + refreshes, URI.create("https://api.clevertap.com"));
  }

  @Override
  public Connection refresh(String name) {
    refreshes++;
    return get(name);
  }

  /** How often it was read anew. */
  public int refreshes() {
    return refreshes;
  }
}
