package io.tapline.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The items of a multi-value property: texts, each once, at its first place. Numbers and booleans
 * are their text; nulls are dropped.
 */
final class ScalarList {

  static final int MAX_ITEMS = 100;

  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, TextSlice> items = new LinkedHashMap<>();

  private ScalarList() {}

  /** Reads a JSON array of scalars; null if the text is anything else. */
  static @Nullable ScalarList of(TextSlice text) {
    if (!text.is(0, '[') || !text.is(text.length() - 1, ']')) {
      return null;
    }
    try (JsonParser parser = text.parse(JSON)) {
      parser.nextToken();
      ScalarList list = new ScalarList();
      JsonToken token = parser.nextToken();
      while (token != null && token.isScalarValue()) {
        if (token != JsonToken.VALUE_NULL) {
          list.add(parser.getText());
        }
        token = parser.nextToken();
      }
      return token == JsonToken.END_ARRAY && parser.nextToken() == null ? list : null;
    } catch (IOException e) {
      return null; // not JSON: an ordinary text that begins with a bracket
    }
  }

  /** Takes the items of a JSON array; null if one of them is an array or an object. */
  static @Nullable ScalarList of(JsonNode array) {
    ScalarList list = new ScalarList();
    for (JsonNode item : array) {
      if (item.isContainerNode()) {
        return null;
      }
      if (!item.isNull()) {
        list.add(item.asText());
      }
    }
    return list;
  }

  private void add(String item) {
    items.putIfAbsent(item, TextSlice.of(item));
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  /** The code of the limit that it breaks; null: it can be sent. */
  @Nullable String problem() {
    if (items.size() > MAX_ITEMS) {
      return Codes.LIST_TOO_LONG;
    }
    return items.values().stream().anyMatch(item -> item.length() > ValueWriter.MAX_BYTES)
        ? Codes.VALUE_TOO_LONG
        : null;
  }

  /** Writes it as a JSON array of strings. */
  void writeTo(JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (TextSlice item : items.values()) {
      item.writeTo(out);
    }
    out.writeEndArray();
  }
}
