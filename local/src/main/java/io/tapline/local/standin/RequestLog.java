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
 * {@code path} (with its query), {@code headers} without the passcode, and {@code body}: JSON as it
 * was sent, other text as a string, null when there was none. It holds personal data.
 *
 * <p>Safe for several threads; lines are whole, in the order in which the requests were decided.
 */
final class RequestLog implements AutoCloseable {

  private final ReentrantLock lock = new ReentrantLock();
  private final OutputStream out;

  /**
   * @param file replaced when it exists
   */
  RequestLog(Path file) {
    try {
      this.out = new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024);
    } catch (IOException e) {
      throw new UncheckedIOException("The requests can't be recorded in " + file, e);
    }
  }

  void add(Request request) {
    try {
      byte[] line = line(request);
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

  private static byte[] line(Request request) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(request.body().length + 1024);
    try (JsonGenerator json = Json.MAPPER.getFactory().createGenerator(line, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeStringField("method", request.method());
      json.writeStringField("path", request.target());
      json.writeObjectFieldStart("headers");
      for (Map.Entry<String, String> header : request.headers().entrySet()) {
        if (!header.getKey().equalsIgnoreCase("X-CleverTap-Passcode")) {
          json.writeStringField(header.getKey(), header.getValue());
        }
      }
      json.writeEndObject();
      json.writeFieldName("body");
      writeBody(json, request);
      json.writeEndObject();
    }
    line.write('\n');
    return line.toByteArray();
  }

  private static void writeBody(JsonGenerator json, Request request) throws IOException {
    String body = new String(request.body(), StandardCharsets.UTF_8);
    if (body.isEmpty()) {
      json.writeNull();
    } else if (JsonPost.isJson(request)) {
      // In JSON a line end can only stand between two tokens, where a space means the same.
      json.writeRawValue(body.replace('\n', ' ').replace('\r', ' '));
    } else {
      json.writeString(body);
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
