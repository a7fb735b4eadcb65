package io.tapline.local.standin;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a connection: lines of heads, and the bytes between them. Not safe for several threads. */
final class LineReader {

  private static final int MAX_HEAD_BYTES = 64 * 1024;

  private final InputStream in;
  private int headBytes;

  LineReader(InputStream in) {
    this.in = new BufferedInputStream(in, 64 * 1024);
  }

  /** From here on the lines are of another head, which may be as long as the one before. */
  void startHead() {
    headBytes = 0;
  }

  /**
   * The next line without its end; null at the end of the stream.
   *
   * @throws BadRequestException when the head is over 64 KiB
   */
  @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return null;
      }
      if (++headBytes > MAX_HEAD_BYTES) {
        throw new BadRequestException(400, "Request head too large");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** The next line without its end; there must be one. */
  String headLine() throws IOException {
    String line = line();
    if (line == null) {
      throw new EOFException("The request ends within its head");
    }
    return line;
  }

  /** Some of the bytes that follow; -1 at the end of the stream. */
  int read(byte[] bytes, int offset, int count) throws IOException {
    return in.read(bytes, offset, count);
  }
}
