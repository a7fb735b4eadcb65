package io.tapline.local.standin;

/**
 * The names that an account has learned: keys of custom profile properties, and events. That names
 * are compared as they are written is assumed. Safe for several threads.
 */
final class AccountNames {

  static final int MAX_PROFILE_KEYS = 256;
  static final int MAX_EVENTS = 512;

  private final NameLimit profileKeys = new NameLimit(MAX_PROFILE_KEYS);
  private final NameLimit events = new NameLimit(MAX_EVENTS);

  NameLimit profileKeys() {
    return profileKeys;
  }

  NameLimit events() {
    return events;
  }
}
