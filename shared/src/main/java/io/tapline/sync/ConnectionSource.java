package io.tapline.sync;

/** Where connections are read from, at run time. Safe for use by several threads. */
public interface ConnectionSource {

  /**
   * Returns the connection of this name, perhaps one that was read minutes ago.
   *
   * @throws SettingsException when there is none, or it is malformed; the message never holds the
   *     passcode
   */
  Connection get(String name);

  /**
   * Returns the connection as it is now, read anew: for after CleverTap refused the credentials.
   */
  Connection refresh(String name);
}
