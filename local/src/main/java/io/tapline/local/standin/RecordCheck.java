package io.tapline.local.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The rules for one kind of record. Implementations are immutable. */
@FunctionalInterface
interface RecordCheck {

  /** Returns the first rule that the record breaks; null when it is valid. */
  @Nullable Refusal check(ObjectNode record);
}
