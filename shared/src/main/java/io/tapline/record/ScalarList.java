package io.tapline.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The items of a multi-value property: texts, each once, at its first place. Numbers and booleans
 * are their text; nulls are dropped.
 */
final class ScalarList {

  static final int MAX_ITEMS = 100;

  private static final int FEW_ITEMS = 8;

  private static final JsonFactory JSON = new JsonFactory();

  private final Collection<TextSlice> items;

  /** The list as it is sent; null: not known yet. */
  private final @Nullable TextSlice json;

  private ScalarList(Collection<TextSlice> items, @Nullable TextSlice json) {
    this.items = items;
    this.json = json;
  }

  /** Reads a JSON array of scalars; null if the text is anything else. */
  static @Nullable ScalarList of(TextSlice text) {
    if (!text.is(0, '[') || !text.is(text.length() - 1, ']')) {
      return null;
    }
    ScalarList plain = plain(text);
    return plain == null ? parsed(text) : plain;
  }

  /**
   * Reads an array of a few different texts that holds no escapes and no white space, as most do: a
   * parser took an eighth of the time in which a profile is mapped. Null for any other.
   */
  private static @Nullable ScalarList plain(TextSlice text) {
    List<TextSlice> items = new ArrayList<>(FEW_ITEMS);
    int at = 1;
    while (text.is(at, '"')) {
      int end = text.endOfPlain(at + 1);
      TextSlice item = text.part(at + 1, end);
      if (!text.is(end, '"') || items.size() == FEW_ITEMS || holds(items, item)) {
        return null;
      }
      items.add(item);
      if (end + 2 == text.length()) {
        return new ScalarList(items, text); // it ends in a bracket
      }
      if (!text.is(end + 1, ',')) {
        return null;
      }
      at = end + 2;
    }
    return null;
  }

  private static boolean holds(List<TextSlice> items, TextSlice item) {
    for (TextSlice other : items) {
      if (other.is(item)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable ScalarList parsed(TextSlice text) {
    try (JsonParser parser = text.parse(JSON)) {
      parser.nextToken();
      Map<String, TextSlice> items = new LinkedHashMap<>();
      JsonToken token = parser.nextToken();
      while (token != null && token.isScalarValue()) {
        if (token != JsonToken.VALUE_NULL) {
          add(parser.getText(), items);
        }
        token = parser.nextToken();
      }
      return token == JsonToken.END_ARRAY && parser.nextToken() == null
          ? new ScalarList(items.values(), null)
          : null;
    } catch (IOException e) {
      return null; // not JSON: an ordinary text that begins with a bracket
    }
  }

  /** Takes the items of a JSON array; null if one of them is an array or an object. */
  static @Nullable ScalarList of(JsonNode array) {
    Map<String, TextSlice> items = new LinkedHashMap<>();
    for (JsonNode item : array) {
      if (item.isContainerNode()) {
        return null;
      }
      if (!item.isNull()) {
        add(item.asText(), items);
      }
    }
    return new ScalarList(items.values(), null);
  }

  private static void add(String item, Map<String, TextSlice> items) {
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
    for (TextSlice item : items) {
      if (item.length() > ValueWriter.MAX_BYTES) {
        return Codes.VALUE_TOO_LONG;
      }
    }
    return null;
  }

  /** Writes it as a JSON array of strings. */
  void writeTo(RecordJson out) {
    if (json != null) {
      json.writeRawTo(out);
      return;
    }
    out.startArray();
    for (TextSlice item : items) {
      out.separate();
      item.writeTo(out);
    }
    out.endArray();
  }
}
