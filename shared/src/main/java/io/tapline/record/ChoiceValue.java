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
    String choice = choice(text);
    if (choice == null) {
      return refusal(field.column(), text);
    }
    out.writeFieldName(field.key());
    out.writeString(choice);
    return null;
  }

  /** The word that the text is, in CleverTap's spelling; null: it is none of them. */
  @Nullable String choice(TextSlice text) {
    return choices.stream().filter(text::isIgnoringCase).findFirst().orElse(null);
  }

  /** That the text is none of the words. */
  Fault refusal(Column column, TextSlice text) {
    return Fault.unexpected(code, column, text, String.join(" or ", choices));
  }

  @Override
  public boolean leavesOut(TextSlice text) {
    return text.isEmpty();
  }
}
