package io.tapline.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of a few words, in any case; sent in CleverTap's spelling. An empty text is left out.
 *
 * @param code CleverTap's code for a value that is none of them
 */
record ChoiceValue(String code, List<String> choices) implements ValueWriter {

  @Override
  public @Nullable Fault write(Field field, TextSlice text, RecordJson out) {
    if (leavesOut(text)) {
      return null;
    }
    String choice = choice(text);
    if (choice == null) {
      return refusal(field.column(), text);
    }
    out.key(field.key());
    out.string(choice);
    return null;
  }

  /** The word that the text is, in CleverTap's spelling; null: it is none of them. */
  @Nullable String choice(TextSlice text) {
    for (String choice : choices) {
      if (text.isIgnoringCase(choice)) {
        return choice;
      }
    }
    return null;
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
