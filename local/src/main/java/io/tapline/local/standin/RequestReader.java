package io.tapline.local.standin;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the HTTP/1.1 requests of one connection, one after another. Not safe for several threads.
 */
final class RequestReader {

  private static final int MAX_HEAD_BYTES = 64 * 1024;
  private static final int MAX_BODY_BYTES = 64 * 1024 * 1024;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final InputStream in;
  private final OutputStream out;
  private int headBytes;

  /**
   * @param out where a client is told to go on that asked with {@code Expect: 100-continue}
   */
  RequestReader(InputStream in, OutputStream out) {
    this.in = new BufferedInputStream(in, 64 * 1024);
    this.out = out;
  }

  /**
   * Returns the next request; null when the client has closed the connection.
   *
   * @throws BadRequestException when it is no request, its head is over 64 KiB or its body over 64
   *     MiB
   */
  @Nullable Request next() throws IOException {
    headBytes = 0;
    String start = line();
    if (start == null) {
      return null;
    }
    String[] parts = start.split(" ", -1);
    if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
      throw new BadRequestException(400, "Not an HTTP/1.1 request");
    }
    Map<String, String> headers = headers();
    return new Request(parts[0], parts[1], Collections.unmodifiableMap(headers), body(headers));
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = headLine(); !line.isEmpty(); line = headLine()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new BadRequestException(400, "A header line without a name");
      }
      headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    String encoding = headers.get("Transfer-Encoding");
    String length = headers.getOrDefault("Content-Length", "0");
    if (encoding != null || !length.equals("0")) {
      if ("100-continue".equalsIgnoreCase(headers.get("Expect"))) {
        out.write(CONTINUE);
        out.flush();
      }
    }
    if (encoding == null) {
      return exactly(size(length, 10));
    }
    if (!encoding.equalsIgnoreCase("chunked")) {
      throw new BadRequestException(400, "Transfer-Encoding must be chunked");
    }
    return chunks();
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String line = headLine();
      int extension = line.indexOf(';');
      int size = size(extension < 0 ? line : line.substring(0, extension), 16);
      if (size == 0) {
        headers(); // trailers, of no interest
        return body.toByteArray();
      }
      if (body.size() + (long) size > MAX_BODY_BYTES) {
        throw new BadRequestException(413, "Request too large");
      }
      body.write(exactly(size));
      headBytes = 0;
      if (!headLine().isEmpty()) {
        throw new BadRequestException(400, "A chunk is longer than its size");
      }
    }
  }

  private byte[] exactly(int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("The request ends within its body");
    }
    return bytes;
  }

  private static int size(String text, int radix) throws BadRequestException {
    long size;
    try {
      size = Long.parseLong(text.strip(), radix);
    } catch (NumberFormatException e) {
      size = -1;
    }
    if (size < 0) {
      throw new BadRequestException(400, "The length of the body is no number");
    }
    if (size > MAX_BODY_BYTES) {
      throw new BadRequestException(413, "Request too large");
    }
    return (int) size;
  }

  private String headLine() throws IOException {
    String line = line();
    if (line == null) {
      throw new EOFException("The request ends within its head");
    }
    return line;
  }

  /** The next line without its end; null at the end of the stream. */
  private @Nullable String line() throws IOException {
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
}
