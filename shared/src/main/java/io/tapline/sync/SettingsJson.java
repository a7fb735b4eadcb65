package io.tapline.sync;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a settings file as one JSON object. Its problems name the place and quote nothing, for the
 * text may hold a passcode; that is also why Jackson's own messages, which quote the text around a
 * mistake, are dropped.
 */
final class SettingsJson {

  /** Where editors find the JSON Schema of a settings file; it sets nothing. */
  static final String SCHEMA = "$schema";

  private static final ObjectMapper JSON = new ObjectMapper();

  private SettingsJson() {}

  /** Like {@link #read(String, Problems)}; broken UTF-8 is a problem too. */
  static Optional<ObjectNode> read(byte[] json, Problems problems) {
    try {
      return read(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString(), problems);
    } catch (CharacterCodingException e) {
      problems.add("the text is not valid UTF-8; save it in that encoding");
      return Optional.empty();
    }
  }

  /**
   * Returns the object, or nothing when {@code json} holds none. A key that appears twice is a
   * problem, but the object is returned, so that the rest of it can be checked.
   */
  static Optional<ObjectNode> read(String json, Problems problems) {
    // Some editors of Windows put a byte order mark before JSON.
    String text = json.startsWith("\uFEFF") ? json.substring(1) : json;
    try {
      int values = checkTokens(text, problems);
      JsonNode root = JSON.readTree(text);
      if (values == 1 && root instanceof ObjectNode object) {
        return Optional.of(object);
      }
      problems.add(
          values == 0
              ? "the text is empty; it must be a JSON object"
              : "the text must be one JSON object");
    } catch (JsonProcessingException e) {
      problems.add("the text is not valid JSON" + at(e.getLocation()) + ": " + JsonMistake.of(e));
    } catch (IOException e) {
      // Declared, but text in memory can always be read.
      throw new UncheckedIOException(e);
    }
    return Optional.empty();
  }

  /** The number or the truth value that a text spells; missing when it spells neither. */
  static JsonNode scalar(String text) {
    try {
      JsonNode value = JSON.readTree(text);
      boolean isScalar = value.isNumber() || value.isBoolean();
      return isScalar && value.asText().equals(text) ? value : MissingNode.getInstance();
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /**
   * Counts the values at the top level and finds keys that appear twice, of which a tree would only
   * keep the last.
   */
  private static int checkTokens(String text, Problems problems) throws IOException {
    int values = 0;
    Deque<Set<String>> keys = new ArrayDeque<>();
    try (JsonParser parser = JSON.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          if (!keys.element().add(parser.currentName())) {
            problems.add(
                "a key appears a second time"
                    + at(parser.currentTokenLocation())
                    + "; take one out");
          }
          continue;
        }
        if (keys.isEmpty() && !token.isStructEnd()) {
          values++;
        }
        if (token.isStructStart()) {
          keys.push(new HashSet<>());
        } else if (token.isStructEnd()) {
          keys.pop();
        }
      }
    }
    return values;
  }

  private static String at(@Nullable JsonLocation location) {
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
