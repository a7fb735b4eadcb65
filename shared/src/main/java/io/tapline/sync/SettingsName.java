package io.tapline.sync;

import java.util.regex.Pattern;

/**
 * The names of syncs and connections. They become parts of S3 keys, of secrets' names and of file
 * names, so they are kept to what is plain text in all of these. The ids of jobs are such names.
 */
public final class SettingsName {

  /** What a name may be, for messages. */
  public static final String ALLOWED =
      "1 to 64 letters, digits, '.', '_' or '-', and not only dots";

  private static final Pattern NAME = Pattern.compile("(?!\\.+$)[A-Za-z0-9._-]{1,64}");

  private SettingsName() {}

  /** Whether it is such a name. */
  public static boolean isValid(String name) {
    return NAME.matcher(name).matches();
  }
}
