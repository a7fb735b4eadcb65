package io.tapline.local.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The rules for a phone number that is to be nobody's any more. The codes are assumed. */
final class DisassociationCheck implements RecordCheck {

  @Override
  public @Nullable Refusal check(ObjectNode record) {
    return record.path("type").asText().equals("phone")
        ? ContactCheck.phone(record.path("value"))
        : Refusal.of(512, "Type is not phone");
  }
}
