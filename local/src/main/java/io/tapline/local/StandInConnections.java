package io.tapline.local;

import io.tapline.local.standin.StandIn;
import io.tapline.sync.Connection;
import io.tapline.sync.ConnectionSource;

/** Leads every connection to the stand-in, so that nothing can reach CleverTap. */
record StandInConnections(StandIn standIn) implements ConnectionSource {

  /** A connection of this name needs no credentials: it is the stand-in. */
  static final String NAME = "stand-in";

  @Override
  public Connection get(String name) {
    return new Connection(name, standIn.accountId(), standIn.passcode(), standIn.baseUri());
  }

  @Override
  public Connection refresh(String name) {
    return get(name);
  }
}
