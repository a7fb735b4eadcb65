package io.tapline.local.standin;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file with one JSON line for each request of which something was accepted: {@code method},
 * {@code path} (with its query), {@code headers} without the passcode, and {@code body}, as it was
 * sent; null when there was none. A file that S3 took has no body here but its size in {@code
 * bytes}, and a path without its query, which is what the file's URL keeps secret. It holds
 * personal data.
 *
 * <p>Safe for several threads; lines are whole, in the order in which the requests were decided.
 */
final class RequestLog implements AutoCloseable {

  /** Writes what a line holds besides method, path and headers. */
  @FunctionalInterface
  private interface Rest {
    void write(JsonGenerator json) throws IOException;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final OutputStream out;

  /**
   * @param file replaced when it exists
   */
  RequestLog(Path file) {
    try {
      this.out = new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The requests can't be recorded in %s; name a file in a folder that is there"
              .formatted(file),
          e);
    }
  }

  /** Adds a request that carried JSON, or nothing. */
  void add(Request request) {
    int size = request.body().length + 1024;
    write(line(request.head(), request.head().target(), size, json -> writeBody(json, request)));
  }

  /** Adds a request that carried a file of so many bytes. */
  void addFile(RequestHead head, long bytes) {
    write(line(head, head.path(), 1024, json -> json.writeNumberField("bytes", bytes)));
  }

  private void write(byte[] line) {
    try {
      lock.lock();
      try {
        out.write(line);
      } finally {
        lock.unlock();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A request can't be recorded", e);
    }
  }

  private static byte[] line(RequestHead head, String path, int size, Rest rest) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(size);
    try (JsonGenerator json = Json.MAPPER.getFactory().createGenerator(line, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeStringField("method", head.method());
      json.writeStringField("path", path);
      json.writeObjectFieldStart("headers");
      for (Map.Entry<String, String> header : head.headers().entrySet()) {
        if (!header.getKey().equalsIgnoreCase("X-CleverTap-Passcode")) {
          json.writeStringField(header.getKey(), header.getValue());
        }
      }
      json.writeEndObject();
      rest.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a line in memory does not fail
    }
    line.write('\n');
    return line.toByteArray();
  }

  private static void writeBody(JsonGenerator json, Request request) throws IOException {
    json.writeFieldName("body");
    String body = new String(request.body(), StandardCharsets.UTF_8);
    if (body.isEmpty()) {
      json.writeNull();
    } else {
      // In JSON a line end can only stand between two tokens, where a space means the same.
      json.writeRawValue(body.replace('\n', ' ').replace('\r', ' '));
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The record of the requests can't be completed", e);
    }
  }
}
