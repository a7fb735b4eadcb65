package io.tapline.record;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of a few words, in any case; sent in CleverTap's spelling. An empty text is left out.
 *
 * @param code CleverTap's code for a value that is none of them
 */
record ChoiceValue(String code, List<String> choices) implements ValueWriter {

  @Override
  public @Nullable Fault write(Field field, TextSlice text, JsonGenerator out) throws IOException {
    if (leavesOut(text)) {
      return null;
    }
    for (String choice : choices) {
      if (text.isIgnoringCase(choice)) {
        out.writeFieldName(field.key());
        out.writeString(choice);
        return null;
      }
    }
    return Fault.unexpected(code, field.column(), text, String.join(" or ", choices));
  }

  @Override
  public boolean leavesOut(TextSlice text) {
    return text.isEmpty();
  }
}
