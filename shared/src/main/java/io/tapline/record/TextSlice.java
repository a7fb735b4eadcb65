package io.tapline.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.tapline.export.DelimitedRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The text of one value: a slice of valid UTF-8, looked at without making a string of it. Immutable
 * as long as nobody writes to the array under it.
 */
final class TextSlice {

  private static final int QUOTED_CHARACTERS = 40;

  private final byte[] bytes;
  private final int start;
  private final int end;

  private TextSlice(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
  }

  /** The text of a field; empty for null. */
  static TextSlice of(DelimitedRow row, int field) {
    return new TextSlice(row.bytes(), row.start(field), row.end(field));
  }

  /** The text as UTF-8; a lone surrogate, which UTF-8 can't hold, becomes a question mark. */
  static TextSlice of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new TextSlice(bytes, 0, bytes.length);
  }

  /** In bytes. */
  int length() {
    return end - start;
  }

  boolean isEmpty() {
    return start == end;
  }

  /** The byte at {@code index}, counted from the start of the text. */
  byte at(int index) {
    return bytes[start + index];
  }

  /** The eight bytes at {@code index}, the first one lowest; all of them within the text. */
  long eight(int index) {
    return RecordJson.eight(bytes, start + index);
  }

  /** Whether a decimal digit stands at {@code index}; false beyond the end. */
  boolean isDigit(int index) {
    return index < length() && at(index) >= '0' && at(index) <= '9';
  }

  /** Whether the byte at {@code index} is this ASCII character; false beyond the end. */
  boolean is(int index, char ascii) {
    return index < length() && at(index) == ascii;
  }

  /** Where the first byte is that a JSON string may not hold unescaped, or the end of the text. */
  int endOfPlain(int index) {
    int at = index;
    while (at < length() && RecordJson.isPlain(at(at))) {
      at++;
    }
    return at;
  }

  /** Whether it is this ASCII text. */
  boolean is(String ascii) {
    return ascii.length() == length() && startsWith(ascii, 0);
  }

  /** Whether this ASCII text stands at {@code index}. */
  boolean startsWith(String ascii, int index) {
    if (index + ascii.length() > length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (at(index + i) != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether it is this ASCII text in any case. */
  boolean isIgnoringCase(String ascii) {
    if (ascii.length() != length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (lowerCase(at(i)) != lowerCase(ascii.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static int lowerCase(int ascii) {
    return ascii >= 'A' && ascii <= 'Z' ? ascii + ('a' - 'A') : ascii;
  }

  /** Whether the two texts are the same. */
  boolean is(TextSlice other) {
    return Arrays.equals(bytes, start, end, other.bytes, other.start, other.end);
  }

  /** A part of it, from one index to another. */
  TextSlice part(int from, int to) {
    return new TextSlice(bytes, start + from, start + to);
  }

  /** Adds its bytes to a checksum. */
  void addTo(CRC32 sum) {
    sum.update(bytes, start, length());
  }

  /** Writes it as a JSON string. */
  void writeTo(RecordJson out) {
    out.string(bytes, start, end);
  }

  /** Writes it as it is, where it is JSON itself. */
  void writeRawTo(RecordJson out) {
    out.value(bytes, start, end);
  }

  /** Reads it as JSON. */
  JsonParser parse(JsonFactory json) throws IOException {
    return json.createParser(bytes, start, length());
  }

  /** In quotation marks, cut to 40 characters: for a reason that a person reads. */
  String quoted() {
    return quoted(toString());
  }

  /** The text in quotation marks, cut to 40 characters. */
  static String quoted(String text) {
    if (text.codePointCount(0, text.length()) <= QUOTED_CHARACTERS) {
      return '"' + text + '"';
    }
    return '"' + text.substring(0, text.offsetByCodePoints(0, QUOTED_CHARACTERS - 1)) + "…\"";
  }

  @Override
  public String toString() {
    return new String(bytes, start, length(), StandardCharsets.UTF_8);
  }
}
