package io.tapline.local.standin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** How the stand-in reads JSON: strictly. */
final class Json {

  /**
   * UTF-8 only, nothing after the value, and no key twice in an object: a second one would silently
   * replace a property that somebody meant to send.
   */
  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private Json() {}
}
