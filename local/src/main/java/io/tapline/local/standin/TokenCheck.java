package io.tapline.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules for a device token. Whether a type fits the platform of its {@code objectId} (534)
 * can't be seen from the record, so this is never refused here.
 */
final class TokenCheck implements RecordCheck {

  private static final Set<String> TYPES = Set.of("fcm", "apns", "gcm", "wns", "mpns", "chrome");

  @Override
  public @Nullable Refusal check(ObjectNode record) {
    if (AddressCheck.hasOtherThanObjectId(record)) {
      return refusal(530, "A token takes objectId only");
    }
    if (!AddressCheck.isObjectId(record.path("objectId"))) {
      return refusal(530, "objectId is missing or not valid");
    }
    if (!(record.get("tokenData") instanceof ObjectNode data)) {
      return refusal(531, "tokenData is no object");
    }
    if (!isText(data.path("id"))) {
      return refusal(532, "Token id is missing");
    }
    JsonNode type = data.path("type");
    if (!isText(type)) {
      return refusal(533, "Token type is missing");
    }
    if (!TYPES.contains(type.textValue())) {
      return refusal(535, "Token type is unknown");
    }
    JsonNode keys = data.path("keys");
    boolean complete = isText(keys.path("p256dh")) && isText(keys.path("auth"));
    return type.textValue().equals("chrome") && !complete
        ? refusal(535, "A chrome token needs keys p256dh and auth")
        : null;
  }

  private static boolean isText(JsonNode value) {
    return value.isTextual() && !value.textValue().isBlank();
  }

  private static Refusal refusal(int code, String reason) {
    return Refusal.event(code, "Token data", reason);
  }
}
