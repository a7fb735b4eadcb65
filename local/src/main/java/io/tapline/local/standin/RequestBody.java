package io.tapline.local.standin;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request, ended by its length or by its last chunk; the connection goes on behind
 * it. Not safe for several threads.
 */
final class RequestBody extends InputStream {

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final LineReader in;
  private final long length;

  /** Where the client waits to be told to go on; null when it does not, or was told. */
  private @Nullable OutputStream waiting;

  /** Of the body, or of the chunk that is being read. */
  private long remaining;

  private boolean beforeChunk;

  private RequestBody(LineReader in, long length, @Nullable OutputStream waiting) {
    this.in = in;
    this.length = length;
    this.remaining = Math.max(length, 0);
    this.beforeChunk = length < 0;
    this.waiting = waiting;
  }

  /** A body of so many bytes. */
  static RequestBody ofLength(LineReader in, long length, @Nullable OutputStream waiting) {
    return new RequestBody(in, length, length == 0 ? null : waiting);
  }

  /** A body in chunks. */
  static RequestBody ofChunks(LineReader in, @Nullable OutputStream waiting) {
    return new RequestBody(in, -1, waiting);
  }

  /** In bytes; -1 when it comes in chunks. */
  long length() {
    return length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /**
   * Reads some of it.
   *
   * @throws BadRequestException when a chunk is malformed
   * @throws EOFException when the connection ends before the body does
   */
  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    if (waiting != null) {
      waiting.write(CONTINUE);
      waiting.flush();
      waiting = null;
    }
    if (beforeChunk) {
      beforeChunk = false;
      remaining = nextChunk();
    }
    if (remaining == 0 || count == 0) {
      return remaining == 0 ? -1 : 0;
    }
    int read = in.read(bytes, offset, (int) Math.min(count, remaining));
    if (read < 0) {
      throw new EOFException("The request ends within its body");
    }
    remaining -= read;
    if (remaining == 0 && length < 0) {
      endChunk();
    }
    return read;
  }

  private long nextChunk() throws IOException {
    String line = in.headLine();
    int extension = line.indexOf(';');
    long size = size(extension < 0 ? line : line.substring(0, extension), 16);
    if (size == 0) {
      while (!in.headLine().isEmpty()) {} // trailers, of no interest
    }
    return size;
  }

  private void endChunk() throws IOException {
    in.startHead();
    if (!in.headLine().isEmpty()) {
      throw new BadRequestException(400, "A chunk is longer than its size");
    }
    beforeChunk = true;
  }

  static long size(String text, int radix) throws BadRequestException {
    long size;
    try {
      size = Long.parseLong(text.strip(), radix);
    } catch (NumberFormatException e) {
      size = -1;
    }
    if (size < 0) {
      throw new BadRequestException(400, "The length of the body is no number");
    }
    return size;
  }
}
