package io.tapline.record;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text of a certain form, sent as it is. An empty text is left out.
 *
 * @param code CleverTap's code for a value of another form
 * @param expected the form, for a person
 */
record PatternValue(String code, Pattern pattern, String expected) implements ValueWriter {

  @Override
  public @Nullable Fault write(Field field, TextSlice text, JsonGenerator out) throws IOException {
    if (leavesOut(text)) {
      return null;
    }
    Fault fault = check(field.column(), text);
    return fault == null ? TypedValue.STRING.write(field, text, out) : fault;
  }

  /** Why a text that is not empty can't be sent; null: it can. */
  @Nullable Fault check(Column column, TextSlice text) {
    // The length first: a pattern may be slow on a text of a megabyte.
    if (text.length() > MAX_BYTES) {
      return Fault.tooLong(column);
    }
    return pattern.matcher(text.toString()).matches()
        ? null
        : Fault.unexpected(code, column, text, expected);
  }

  @Override
  public boolean leavesOut(TextSlice text) {
    return text.isEmpty();
  }
}
