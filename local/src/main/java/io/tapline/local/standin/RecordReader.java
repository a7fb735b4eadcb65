package io.tapline.local.standin;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Reads the records of a call's {@code {"d":[…]}}, one by one. */
final class RecordReader {

  private RecordReader() {}

  /**
   * Reads all records.
   *
   * @param taker takes each; it may have taken some when the call turns out to be malformed
   * @param most how many a call may hold, asked for after each record
   * @return the reply to a call that is malformed or too large; null when it is neither
   */
  static @Nullable Reply read(byte[] body, Consumer<JsonNode> taker, IntSupplier most) {
    try (JsonParser parser = Json.MAPPER.createParser(body)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? read(parser, taker, most) : malformed();
    } catch (JsonProcessingException e) {
      return malformed();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable Reply read(JsonParser parser, Consumer<JsonNode> taker, IntSupplier most)
      throws IOException {
    boolean found = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean isRecords = parser.currentName().equals("d");
      JsonToken value = parser.nextToken();
      if (!isRecords) {
        parser.skipChildren();
        continue;
      }
      if (found || value != JsonToken.START_ARRAY) {
        return malformed();
      }
      found = true;
      int count = 0;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        taker.accept(parser.readValueAsTree());
        if (++count > most.getAsInt()) {
          return Reply.error(400, "A request holds at most " + most.getAsInt() + " records");
        }
      }
    }
    return found && parser.nextToken() == null ? null : malformed();
  }

  static Reply malformed() {
    return Reply.error(400, "Malformed request");
  }
}
