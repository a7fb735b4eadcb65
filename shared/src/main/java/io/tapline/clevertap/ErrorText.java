package io.tapline.clevertap;

import io.tapline.sync.Connection;
import org.jspecify.annotations.Nullable;

/** A status and CleverTap's words on it, for a person. */
final class ErrorText {

  private static final int LIMIT = 200;

  private ErrorText() {}

  /**
   * Quotes an error.
   *
   * @param words CleverTap's; null when it gave none. It may repeat in them what it was sent.
   * @param secrets what must not be quoted
   */
  static String of(int status, @Nullable String words, String... secrets) {
    if (words == null) {
      return "HTTP " + status;
    }
    String text = words;
    for (String secret : secrets) {
      text = text.replace(secret, "…");
    }
    return "HTTP %d: %s"
        .formatted(status, text.length() <= LIMIT ? text : text.substring(0, LIMIT) + "…");
  }

  /** Why calls over a connection are forbidden, and what to look at. */
  static String forbidden(String error, Connection connection) {
    return ("%s from %s. Account id, passcode and region of connection \"%s\" must belong"
            + " together (a wrong region answers 401, too): correct the connection")
        .formatted(error, connection.baseUrl().getHost(), connection.name());
  }
}
