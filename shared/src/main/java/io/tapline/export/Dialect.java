package io.tapline.export;

import io.tapline.sync.Format;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How fields are set apart.
 *
 * @param delimiter a byte, 0 to 127
 * @param quote a byte, or {@link #NONE} where values are never quoted
 * @param escape a byte; the same as {@code quote} where quotes are doubled
 * @param nullText what an unquoted null looks like; null where nothing stands for null
 */
@SuppressWarnings("ArrayRecordComponent") // made once for each export; nobody compares dialects
record Dialect(int delimiter, int quote, int escape, byte @Nullable [] nullText) {

  /** Neither a byte nor the end of the text. */
  static final int NONE = -2;

  /**
   * Comma, doubled quotes, an unquoted empty field is null: what {@code rejects.csv} is written in.
   */
  static final Dialect STANDARD = new Dialect(',', '"', '"', new byte[0]);

  static Dialect of(Format format) {
    Character quote = format.quote();
    return new Dialect(
        ascii("delimiter", format.delimiter()),
        quote == null ? NONE : ascii("quote", quote),
        ascii("escape", format.escape()),
        format.nullText().getBytes(StandardCharsets.UTF_8));
  }

  private static int ascii(String setting, char value) {
    if (value > 127) {
      throw new IllegalArgumentException(
          "format." + setting + " is " + value + "; it must be an ASCII character");
    }
    return value;
  }

  /** The same for the header line, where a name is a name even if it reads like null. */
  Dialect forHeader() {
    return new Dialect(delimiter, quote, escape, null);
  }

  boolean hasQuotes() {
    return quote != NONE;
  }

  boolean isDoubled() {
    return quote == escape;
  }
}
