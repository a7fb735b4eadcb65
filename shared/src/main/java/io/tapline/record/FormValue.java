package io.tapline.record;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A text of a certain form, sent as it is. An empty text is left out.
 *
 * @param code CleverTap's code for a value of another form
 * @param form whether a text has the form; asked only of one that is short enough for a value
 * @param expected the form, for a person
 */
record FormValue(String code, Predicate<TextSlice> form, String expected) implements ValueWriter {

  @Override
  public @Nullable Fault write(Field field, TextSlice text, RecordJson out) {
    if (leavesOut(text)) {
      return null;
    }
    Fault fault = check(field.column(), text);
    return fault == null ? TypedValue.STRING.write(field, text, out) : fault;
  }

  /** Why a text that is not empty can't be sent; null: it can. */
  @Nullable Fault check(Column column, TextSlice text) {
    if (text.length() > MAX_BYTES) {
      return Fault.tooLong(column);
    }
    return form.test(text) ? null : Fault.unexpected(code, column, text, expected);
  }

  @Override
  public boolean leavesOut(TextSlice text) {
    return text.isEmpty();
  }
}
