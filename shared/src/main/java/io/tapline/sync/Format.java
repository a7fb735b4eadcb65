package io.tapline.sync;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the bytes of one export are to be read; nothing is left to be found out.
 *
 * @param header whether the first line names the columns; always false for JSONL
 * @param quote null where values are never quoted (quote policy NONE)
 * @param escape the character that makes a following quote, delimiter, line end or escape character
 *     plain text; the same as {@code quote} where quotes are doubled
 * @param nullText the unquoted text that stands for null; a quoted one is text
 * @param columns the column names when there is no header, else empty
 */
public record Format(
    Type type,
    Compression compression,
    boolean header,
    char delimiter,
    @Nullable Character quote,
    char escape,
    String nullText,
    List<String> columns) {

  /** The layout of the text. */
  public enum Type {
    CSV,
    TSV,
    JSONL
  }

  /** How the text is packed. */
  public enum Compression {
    NONE,
    GZ
  }
}
