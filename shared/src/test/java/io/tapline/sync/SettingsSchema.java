package io.tapline.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON Schema of {@code docs/}, by which an editor checks a settings file. */
final class SettingsSchema {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaRegistry DRAFT =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final JsonNode node;
  private final Schema schema;

  private SettingsSchema(JsonNode node) {
    this.node = node;
    this.schema = DRAFT.getSchema(node);
  }

  static SettingsSchema of(String name) {
    try {
      return new SettingsSchema(JSON.readTree(Path.of("../docs", name).toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What an editor finds wrong with the settings, formats such as that of an instant included. */
  List<String> problems(String text) {
    try {
      return check(schema, JSON.readTree(text));
    } catch (JsonProcessingException e) {
      return List.of("no JSON");
    }
  }

  /** What is wrong with the schema itself. */
  List<String> ownProblems() {
    return check(
        DRAFT.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId())),
        node);
  }

  /** The keys at the top. */
  List<String> keys() {
    return properties("").keySet().stream().toList();
  }

  /** The schema of each key under the object {@code key}; of those at the top for empty text. */
  Map<String, JsonNode> properties(String key) {
    JsonNode object = key.isEmpty() ? node : node.path("properties").path(key);
    Map<String, JsonNode> properties = new LinkedHashMap<>();
    object
        .path("properties")
        .properties()
        .forEach(property -> properties.put(property.getKey(), property.getValue()));
    return properties;
  }

  /** The schema of each key, those of objects after the object, as {@code retry.attempts}. */
  Map<String, JsonNode> allProperties() {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    properties("")
        .forEach(
            (key, property) -> {
              all.put(key, property);
              properties(key).forEach((inner, schema) -> all.put(key + "." + inner, schema));
            });
    return all;
  }

  private static List<String> check(Schema schema, JsonNode value) {
    return schema
        .validate(
            value,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .toList();
  }
}
