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
    // The length first: a pattern may be slow on a text of a megabyte.
    if (text.length() <= MAX_BYTES && !pattern.matcher(text.toString()).matches()) {
      return Fault.unexpected(code, field.column(), text, expected);
    }
    return TypedValue.STRING.write(field, text, out);
  }

  @Override
  public boolean leavesOut(TextSlice text) {
    return text.isEmpty();
  }
}
