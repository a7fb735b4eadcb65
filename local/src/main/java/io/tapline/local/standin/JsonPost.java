package io.tapline.local.standin;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rules for a call that carries JSON. */
final class JsonPost {

  private JsonPost() {}

  /** The reply to a call that breaks them; null when it does not. */
  static @Nullable Reply problem(Request request) {
    if (request.header("Content-Encoding") != null) {
      return Reply.error(400, "Content-Encoding is not supported");
    }
    return isJson(request) ? null : Reply.error(400, "Content-Type must be application/json");
  }

  /** Whether the body says of itself that it is JSON in UTF-8. */
  static boolean isJson(Request request) {
    String type = request.header("Content-Type");
    if (type == null) {
      return false;
    }
    return switch (type.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "")) {
      case "application/json", "application/json;charset=utf-8" -> true;
      default -> false;
    };
  }
}
