package io.tapline.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Reads a line of JSON, numbers exactly as they stand there, so that a row means the same wherever
 * its line is read.
 */
public final class JsonLine {

  /**
   * What a line may hold: nesting that can be parsed, numbers whose cost does not grow with the
   * square of their length, and names that staging can remember. None could be sent beyond.
   */
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(1000)
          .maxNumberLength(1000)
          .maxNameLength(1000)
          .build();

  private static final ObjectReader JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(LIMITS)
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  // Names come from outside, any number of them: they must not fill the JVM's own
                  // table.
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .reader();

  private JsonLine() {}

  /**
   * Reads a line.
   *
   * @throws StreamConstraintsException when it nests deeper than 1000 levels, or has a number or a
   *     key of over 1000 characters, or an exponent of over ten digits
   * @throws JsonProcessingException unless the line is one valid JSON value without repeated keys;
   *     its message quotes the line
   */
  public static JsonNode parse(String line) throws JsonProcessingException {
    try {
      return JSON.readTree(line);
    } catch (NumberFormatException e) {
      throw new StreamConstraintsException("an exponent is beyond that of any number");
    }
  }
}
