package io.tapline.local.standin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the HTTP/1.1 requests of one connection, one after another. Not safe for several threads.
 */
final class RequestReader {

  private final LineReader in;
  private final OutputStream out;

  /**
   * @param out where a client is told to go on that asked with {@code Expect: 100-continue}
   */
  RequestReader(InputStream in, OutputStream out) {
    this.in = new LineReader(in);
    this.out = out;
  }

  /**
   * Returns the next request; null when the client has closed the connection. The body of the one
   * before must have been read to its end.
   *
   * @throws BadRequestException when it is no request, or its head is over 64 KiB
   */
  @Nullable Incoming next() throws IOException {
    in.startHead();
    String start = in.line();
    if (start == null) {
      return null;
    }
    String[] parts = start.split(" ", -1);
    if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
      throw new BadRequestException(400, "Not an HTTP/1.1 request");
    }
    Map<String, String> headers = headers();
    RequestHead head = new RequestHead(parts[0], parts[1], Collections.unmodifiableMap(headers));
    return new Incoming(head, body(headers));
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = in.headLine(); !line.isEmpty(); line = in.headLine()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new BadRequestException(400, "A header line without a name");
      }
      headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private RequestBody body(Map<String, String> headers) throws IOException {
    boolean waits = "100-continue".equalsIgnoreCase(headers.get("Expect"));
    OutputStream waiting = waits ? out : null;
    String encoding = headers.get("Transfer-Encoding");
    if (encoding == null) {
      String length = headers.getOrDefault("Content-Length", "0");
      return RequestBody.ofLength(in, RequestBody.size(length, 10), waiting);
    }
    if (!encoding.equalsIgnoreCase("chunked")) {
      throw new BadRequestException(400, "Transfer-Encoding must be chunked");
    }
    return RequestBody.ofChunks(in, waiting);
  }
}
