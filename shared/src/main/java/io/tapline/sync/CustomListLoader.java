package io.tapline.sync;

import java.util.List;
import java.util.regex.Pattern;

/** Loads the {@code customList} of a sync. */
final class CustomListLoader {

  static final List<String> KEYS = List.of("name", "userEmail", "creator", "mode");

  private static final String FILLED = "text that is not blank";

  /** A check for slips only: CleverTap knows its admins. */
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");

  private CustomListLoader() {}

  /** Problems go where those of {@code list} go; past one, the result only serves to find more. */
  static CustomListSettings load(SettingsObject list) {
    list.allowOnly(KEYS);
    return new CustomListSettings(
        list.requiredText("name", text -> !text.isBlank(), FILLED),
        list.withheld()
            .requiredText(
                "userEmail",
                text -> EMAIL.matcher(text).matches(),
                "one e-mail address such as admin@example.com"),
        list.text("creator", text -> !text.isBlank(), FILLED).orElse("Tapline"),
        list.requiredChoice("mode", SegmentMode.values(), Enum::name)
            .filter(mode -> mode == SegmentMode.UPDATE_EXISTING_SEGMENT)
            .isPresent());
  }
}
