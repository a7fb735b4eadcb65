package io.tapline.export;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Splits CSV and TSV text into rows of fields, byte by byte: all that sets fields apart is ASCII,
 * and no byte of a longer UTF-8 character is. It takes what <a
 * href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a> leaves open leniently: any of CR, LF
 * and CRLF ends a line, a quote inside an unquoted field is text, and so is what follows a closing
 * quote. Not for use by several threads.
 */
final class DelimitedScanner {

  private final TextSource source;
  private final RowBuffer row;
  private final int delimiter;
  private final int quote;
  private final int escape;
  private final boolean doubled;
  private final byte @Nullable [] nullText;

  private final Stops stopsPlain;
  private final Stops stopsQuoted;

  private long lines;
  private long firstLine;
  private long rowSize;
  private boolean literal;
  private boolean torn;

  /**
   * @param row takes the fields of each row
   * @param lines lines before the source's next byte
   */
  DelimitedScanner(TextSource source, Dialect dialect, RowBuffer row, long lines) {
    this.source = source;
    this.row = row;
    this.delimiter = dialect.delimiter();
    this.quote = dialect.quote();
    this.escape = dialect.escape();
    this.doubled = dialect.isDoubled();
    this.nullText = dialect.nullText();
    this.lines = lines;
    this.stopsPlain = new Stops(delimiter, dialect.hasQuotes() ? delimiter : escape);
    this.stopsQuoted = new Stops(dialect.hasQuotes() ? quote : escape, escape);
  }

  /**
   * Reads a row into the buffer, and its line end; false at the end of the text.
   *
   * @throws UnreadableExportException {@code UNCLOSED_QUOTE} when a quoted field is longer than a
   *     row may be, or open at the end of the text: a stray quote must not swallow the rest of the
   *     export
   */
  boolean next() throws IOException {
    if (source.peek() < 0) {
      return false;
    }
    row.clear();
    torn = false;
    firstLine = lines + 1;
    long start = source.offset();
    boolean more;
    do {
      more = field();
    } while (more);
    rowSize = source.offset() - start;
    lineEnd(false);
    return true;
  }

  /** Reads a field, and the delimiter after it; false if there is none. */
  private boolean field() throws IOException {
    literal = false;
    if (source.peek() == quote) {
      source.skip();
      quotedText();
      literal = true;
      torn |= Utf8.isContinuation(source.peek());
    }
    boolean delimited = plainText();
    row.endField(!literal && nullText != null && row.fieldIs(nullText));
    return delimited;
  }

  private boolean plainText() throws IOException {
    while (true) {
      int stop = appendUpTo(stopsPlain, Long.MAX_VALUE);
      if (stop == delimiter) {
        source.skip();
        return true;
      }
      if (stop < 0 || stop == '\n' || stop == '\r') {
        return false;
      }
      escaped();
    }
  }

  /** Reads on behind an opening quote, to behind its closing quote. */
  private void quotedText() throws IOException {
    long openLine = lines + 1;
    long limit = source.offset() + RowBuffer.MAX_ROW;
    while (true) {
      int stop = appendUpTo(stopsQuoted, limit);
      if (stop < 0 || source.offset() > limit) {
        throw unclosedQuote(openLine, source.offset() > limit);
      }
      if (stop == quote) {
        source.skip();
        if (!doubled || source.peek() != quote) {
          return;
        }
        row.append((byte) quote);
        source.skip();
      } else if (stop == escape) {
        escaped();
      } else {
        lineEnd(true);
      }
    }
  }

  /**
   * Appends bytes until one of {@code stops} comes, which is returned and not taken; -1 if none
   * comes before the end of the text, or within {@code limit}, or a buffer's length beyond it.
   */
  private int appendUpTo(Stops stops, long limit) throws IOException {
    byte[] bytes = source.buffer();
    do {
      int to = source.limit();
      int at = row.appendUpTo(bytes, source.position(), to, stops);
      source.moveTo(at);
      if (at < to) {
        return bytes[at] & 0xFF;
      }
    } while (source.offset() <= limit && source.fill());
    return -1;
  }

  /**
   * Reads an escape character and, if it has a meaning for the byte that follows, that byte as
   * text.
   */
  private void escaped() throws IOException {
    source.skip();
    int next = source.peek();
    if (next == '\n' || next == '\r') {
      literal = true;
      lineEnd(true);
    } else if (next == quote || next == escape || next == delimiter) {
      literal = true;
      row.append((byte) next);
      source.skip();
    } else {
      row.append((byte) escape);
    }
  }

  /** Takes a line end, if the text is not over, and counts the line. */
  private void lineEnd(boolean isText) throws IOException {
    lines++;
    int first = source.peek();
    if (first < 0) {
      return;
    }
    source.skip();
    if (isText) {
      row.append((byte) first);
    }
    if (first == '\r' && source.peek() == '\n') {
      source.skip();
      if (isText) {
        row.append((byte) '\n');
      }
    }
  }

  private static UnreadableExportException unclosedQuote(long line, boolean tooLong) {
    return new UnreadableExportException(
        "UNCLOSED_QUOTE",
        ("the quoted field that opens in line %d is still open %s; look for a stray quote there,"
                + " and compare the sync's quote and escape with the export's")
            .formatted(line, tooLong ? "after 1 MiB" : "at the end of the export"));
  }

  /** Lines before the next row. */
  long lines() {
    return lines;
  }

  /** The line in which the last row begins; 1 is the first of the export. */
  long firstLine() {
    return firstLine;
  }

  /** Bytes of the last row's text in the export, without its line end. */
  long rowSize() {
    return rowSize;
  }

  /**
   * Whether the last row had the two halves of a character apart, with a quote between them that is
   * gone.
   */
  boolean isTorn() {
    return torn;
  }
}
