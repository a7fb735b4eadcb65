package io.tapline.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The rows of a JSONL export: a JSON object a line, numbers exactly as they stand there. */
final class JsonRows implements Rows {

  private final TextSource source;
  private byte[] line = new byte[4096];
  private int length;
  private long size;
  private long lines;
  private long count;

  /**
   * @param source the text from the first row to be read on
   * @param lines lines before the source's next byte
   * @param count rows before it
   */
  JsonRows(TextSource source, long lines, long count) {
    this.source = source;
    this.lines = lines;
    this.count = count;
  }

  @Override
  public @Nullable Row next() throws IOException {
    while (nextLine()) {
      if (size > RowBuffer.MAX_ROW) {
        count++;
        return broken(
            "ROW_TOO_LARGE", "has %d bytes; a row may have 1048576".formatted(size), null);
      }
      if (!isBlank()) {
        count++;
        return row();
      }
    }
    return null;
  }

  /** Reads a line, as much of it as a row may have; false at the end of the text. */
  private boolean nextLine() throws IOException {
    if (source.peek() < 0) {
      return false;
    }
    length = 0;
    size = 0;
    boolean ended = false;
    while (!ended && source.peek() >= 0) {
      byte[] bytes = source.buffer();
      int from = source.position();
      int to = source.limit();
      int at = from;
      while (at < to && bytes[at] != '\n') {
        at++;
      }
      append(bytes, from, at);
      ended = at < to;
      source.moveTo(ended ? at + 1 : at);
    }
    lines++;
    if (length == size && length > 0 && line[length - 1] == '\r') {
      length--;
      size--;
    }
    return true;
  }

  private void append(byte[] bytes, int from, int to) {
    size += to - from;
    int longest = RowBuffer.MAX_ROW + 1; // the CR of the line end may be one of them
    if (size <= longest) {
      if (size > line.length) {
        line = Arrays.copyOf(line, (int) Math.max(size, Math.min(2L * line.length, longest)));
      }
      System.arraycopy(bytes, from, line, length, to - from);
      length += to - from;
    }
  }

  private boolean isBlank() {
    for (int i = 0; i < length; i++) {
      if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private Row row() {
    boolean plain = Utf8.isPlainAscii(line, 0, length);
    if (!plain && !Utf8.isValid(line, 0, length)) {
      return broken("BROKEN_UTF8", "is not valid UTF-8", null);
    }
    String text = new String(line, 0, length, StandardCharsets.UTF_8);
    if (!plain && text.indexOf('\0') >= 0) {
      return broken("NUL_BYTE", "has a NUL byte", text);
    }
    try {
      JsonNode node = JsonLine.parse(text);
      return node instanceof ObjectNode fields
          ? new JsonRow(count, text, fields)
          : broken("NOT_AN_OBJECT", "is JSON, but no object", text);
    } catch (StreamConstraintsException e) {
      return broken(
          "NOT_AN_OBJECT",
          "nests deeper than 1000 levels, or has a number or a key of over 1000 characters, or an"
              + " exponent beyond that of any number"
              + column(e),
          text);
    } catch (JsonProcessingException e) {
      // Its message quotes the line.
      return broken(
          "NOT_AN_OBJECT", "is not one valid JSON object without repeated keys" + column(e), text);
    }
  }

  private static String column(JsonProcessingException e) {
    return e.getLocation() == null ? "" : "; look near column " + e.getLocation().getColumnNr();
  }

  private BrokenRow broken(String code, String what, @Nullable String text) {
    return new BrokenRow(count, code, "line " + lines + " " + what, text);
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public long lines() {
    return lines;
  }

  /** Blank lines are none of the rows that were left out. */
  @Override
  public long skipped() {
    return 0;
  }
}
