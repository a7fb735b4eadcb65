package io.tapline.local.standin;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rules for a call that carries JSON. */
final class JsonPost {

  private JsonPost() {}

  /** The reply to a call that breaks them; null when it does not. */
  static @Nullable Reply problem(RequestHead head) {
    if (head.header("Content-Encoding") != null) {
      return Reply.error(400, "Content-Encoding is not supported");
    }
    return isJson(head.header("Content-Type"))
        ? null
        : Reply.error(400, "Content-Type must be application/json");
  }

  private static boolean isJson(@Nullable String type) {
    if (type == null) {
      return false;
    }
    return switch (type.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "")) {
      case "application/json", "application/json;charset=utf-8" -> true;
      default -> false;
    };
  }
}
