package io.tapline.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules for who is to be written to no more, or again. The codes are assumed. */
final class SubscriptionCheck implements RecordCheck {

  private static final Set<String> STATUSES = Set.of("Unsubscribe", "Resubscribe");

  @Override
  public @Nullable Refusal check(ObjectNode record) {
    JsonNode value = record.path("value");
    Refusal refusal =
        switch (record.path("type").asText()) {
          case "phone", "whatsapp" -> ContactCheck.phone(value);
          case "email" -> ContactCheck.email(value);
          default -> Refusal.of(512, "Type is none of phone, email, whatsapp");
        };
    if (refusal != null) {
      return refusal;
    }
    return STATUSES.contains(record.path("status").asText())
        ? null
        : Refusal.of(512, "Status is neither Unsubscribe nor Resubscribe");
  }
}
