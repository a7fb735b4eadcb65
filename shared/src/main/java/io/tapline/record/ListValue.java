package io.tapline.record;

import io.tapline.sync.ArrayPropertyOperation;
import org.jspecify.annotations.Nullable;

/**
 * A multi-value property of a profile. A list without items is left out: it would say nothing to
 * add or remove, and a null never erases.
 *
 * @param operation what the list does to the property's present values
 */
record ListValue(ArrayPropertyOperation operation) implements ValueWriter {

  @Override
  public @Nullable Fault write(Field field, TextSlice text, RecordJson out) {
    if (leavesOut(text)) {
      return null;
    }
    ScalarList list = ScalarList.of(text);
    if (list == null) {
      return Fault.unexpected(
          Codes.TYPE_MISMATCH,
          field.column(),
          text,
          "a list: a JSON array of texts, numbers or booleans such as [\"a\",\"b\"]");
    }
    return write(field, list, out);
  }

  /** Writes a list that has been read. */
  @Nullable Fault write(Field field, ScalarList list, RecordJson out) {
    String problem = list.problem();
    if (problem != null) {
      return Fault.badList(field.column(), problem);
    }
    if (list.isEmpty()) {
      return null;
    }
    out.key(field.key());
    switch (operation) {
      case REPLACE -> list.writeTo(out);
      case APPEND -> writeOperator("$add", list, out);
      case REMOVE -> writeOperator("$remove", list, out);
    }
    return null;
  }

  private static void writeOperator(String operator, ScalarList list, RecordJson out) {
    out.startObject();
    out.key(operator);
    list.writeTo(out);
    out.endObject();
  }
}
