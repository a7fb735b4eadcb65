package io.tapline.export;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The export's text, a buffer at a time. The buffer is open to the scanners, which look at each of
 * its bytes; it is filled anew only when all of it was taken. Not for use by several threads.
 */
final class TextSource implements Closeable {

  private static final int BUFFER = 128 * 1024;

  /** Looked for in one piece, so a buffer is never shorter unless it is the last. */
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final byte[] bytes = new byte[BUFFER];
  private long bufferOffset;
  private int position;
  private int limit;

  /**
   * @param in the text; closed with the source
   * @param offset bytes of text before the first byte of {@code in}
   */
  TextSource(InputStream in, long offset) {
    this.in = in;
    this.bufferOffset = offset;
  }

  /**
   * Takes a byte order mark, if there is one: TD writes none, editors do. For the beginning of the
   * text.
   */
  void skipByteOrderMark() throws IOException {
    int length = BYTE_ORDER_MARK.length;
    if (peek() >= 0
        && limit >= length
        && Arrays.equals(bytes, 0, length, BYTE_ORDER_MARK, 0, length)) {
      position = length;
    }
  }

  /** Takes bytes up to an offset, or to the end of the text. */
  void skipTo(long offset) throws IOException {
    while (offset() < offset && peek() >= 0) {
      position += (int) Math.min(limit - position, offset - offset());
    }
  }

  /** The next byte, 0 to 255, which stays where it is; -1 at the end of the text. */
  int peek() throws IOException {
    return position < limit || fill() ? bytes[position] & 0xFF : -1;
  }

  /** Takes the byte that was peeked at. */
  void skip() {
    position++;
  }

  /** Bytes of text before the next byte. */
  long offset() {
    return bufferOffset + position;
  }

  /** The buffer; what is left in it lies from {@link #position()} to {@link #limit()}. */
  byte[] buffer() {
    return bytes;
  }

  int position() {
    return position;
  }

  /** Takes the buffer's bytes up to here. */
  void moveTo(int newPosition) {
    position = newPosition;
  }

  int limit() {
    return limit;
  }

  /** Fills the buffer, all of which was taken; false at the end of the text. */
  boolean fill() throws IOException {
    bufferOffset += limit;
    position = 0;
    limit = 0;
    int count;
    do {
      count = in.read(bytes, limit, bytes.length - limit);
      limit += Math.max(0, count);
    } while (count >= 0 && limit < BYTE_ORDER_MARK.length);
    return limit > 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
