package io.tapline.record;

import org.jspecify.annotations.Nullable;

/** A number that is not negative. */
record AgeValue() implements ValueWriter {

  @Override
  public @Nullable Fault write(Field field, TextSlice text, RecordJson out) {
    if (!leavesOut(text) && (!Numbers.isNumber(text) || text.is(0, '-'))) {
      return Fault.unexpected(Codes.AGE, field.column(), text, "a number that is not negative");
    }
    return TypedValue.NUMBER.write(field, text, out);
  }
}
