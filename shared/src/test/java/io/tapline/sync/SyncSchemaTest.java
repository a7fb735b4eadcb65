package io.tapline.sync;

import static io.tapline.sync.SyncLoaderTest.changed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An editor that goes by the schema of a sync takes what {@link SyncLoader} takes. */
class SyncSchemaTest {

  private static final SettingsSchema SCHEMA = SettingsSchema.of("sync.schema.json");

  /** What the loader refuses and a schema can't, by the rule, with the reason. */
  private static final Map<String, String> ONLY_THE_LOADER_REFUSES =
      Map.of(
          "threadCount: an integer", "to a schema, 5.0 is an integer",
          "retry.firstDelay: not over the default maxDelay", "a schema compares no two values",
          "retry.maxDelay: at least firstDelay", "a schema compares no two values",
          "retry.maxDelay: at least the default firstDelay", "a schema compares no two values",
          "format.delimiter: not the quote", "a schema compares no two values",
          "format.delimiter: not the escape", "a schema compares no two values");

  @Test
  void isASchema() {
    assertThat(SCHEMA.ownProblems()).isEmpty();
  }

  @Test
  void listsTheKeysOfTheLoader() {
    assertThat(SCHEMA.keys()).isEqualTo(SyncLoader.KEYS);
    assertThat(SCHEMA.properties("retry").keySet()).containsExactlyElementsOf(RetryLoader.KEYS);
    assertThat(SCHEMA.properties("customList").keySet())
        .containsExactlyElementsOf(CustomListLoader.KEYS);
    assertThat(SCHEMA.properties("format").keySet()).containsExactlyElementsOf(FormatLoader.KEYS);
  }

  @Test
  void describesEachKey() {
    assertThat(SCHEMA.allProperties())
        .allSatisfy((key, schema) -> assertThat(schema.path("description").asText()).endsWith("."));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "sync-settings.txt", delimiter = '|', quoteCharacter = '`')
  void takesWhatTheLoaderTakes(String rule, String base, String change) {
    assertThat(SCHEMA.problems(changed(base, change).toString())).as(rule).isEmpty();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "sync-problems.txt", delimiter = '|', quoteCharacter = '`')
  void refusesWhatTheLoaderRefuses(String rule, String base, String change) {
    assertThat(SCHEMA.problems(changed(base, change).toString()).isEmpty())
        .as(rule)
        .isEqualTo(ONLY_THE_LOADER_REFUSES.containsKey(rule));
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void namesTheDefaultsOfTheLoader(String key, JsonNode value) {
    String base = key.startsWith("customList.") ? "list" : "events";

    assertThat(load(with(base, key, value)))
        .as(key)
        .isEqualTo(load(changed(base, "{}").toString()));
  }

  static Stream<Arguments> defaults() {
    return SCHEMA.allProperties().entrySet().stream()
        .filter(property -> property.getValue().has("default"))
        .map(property -> Arguments.of(property.getKey(), property.getValue().get("default")));
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void namesTheBoundsOfTheLoader(String key, long bound, int outwards) {
    JsonNodeFactory json = JsonNodeFactory.instance;

    assertThatCode(() -> load(with("skipping", key, json.numberNode(bound))))
        .as(key)
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> load(with("skipping", key, json.numberNode(bound + outwards))))
        .as(key)
        .isInstanceOf(SettingsException.class);
  }

  static Stream<Arguments> bounds() {
    List<Arguments> bounds = new ArrayList<>();
    SCHEMA
        .allProperties()
        .forEach(
            (key, schema) -> {
              if (schema.has("minimum")) {
                bounds.add(Arguments.of(key, schema.get("minimum").longValue(), -1));
              }
              if (schema.has("maximum")) {
                bounds.add(Arguments.of(key, schema.get("maximum").longValue(), 1));
              }
            });
    return bounds.stream();
  }

  @ParameterizedTest
  @MethodSource("choices")
  void namesTheChoicesOfTheLoader(String key, JsonNode choices) {
    List<String> names =
        StreamSupport.stream(choices.spliterator(), false)
            .filter(JsonNode::isTextual)
            .map(JsonNode::textValue)
            .toList();
    String base = key.startsWith("customList.") ? "list" : "profiles";
    int last = names.size() - 1;

    assertThatThrownBy(() -> load(with(base, key, JsonNodeFactory.instance.textNode("?"))))
        .hasMessageContaining(
            "%s is \"?\"; it must be %s or %s (here)"
                .formatted(key, String.join(", ", names.subList(0, last)), names.get(last)));
  }

  static Stream<Arguments> choices() {
    Stream<Arguments> types =
        Stream.of(
            Arguments.of(
                "columnTypes.a",
                SCHEMA.properties("").get("columnTypes").at("/additionalProperties/enum")));
    return Stream.concat(
        types,
        SCHEMA.allProperties().entrySet().stream()
            .filter(property -> property.getValue().has("enum"))
            .map(property -> Arguments.of(property.getKey(), property.getValue().get("enum"))));
  }

  @Test
  void takesTheSamples() throws IOException {
    List<Path> syncs;
    try (Stream<Path> files = Files.list(Path.of("../samples"))) {
      syncs =
          files
              .filter(file -> file.toString().endsWith(".json"))
              .filter(file -> !file.endsWith("expected.json"))
              .toList();
    }

    assertThat(syncs)
        .isNotEmpty()
        .allSatisfy(
            file -> {
              String json = Files.readString(file);
              assertThat(SCHEMA.problems(json)).isEmpty();
              assertThatCode(() -> load(json)).doesNotThrowAnyException();
            });
  }

  /** The base, with one key, also an inner one, set to a value. */
  private static String with(String base, String key, JsonNode value) {
    ObjectNode sync =
        base.equals("skipping")
            ? changed("events", "{\"skipOnInvalidRecord\":true}")
            : changed(base, "{}");
    int dot = key.indexOf('.');
    if (dot < 0) {
      sync.set(key, value);
    } else {
      sync.withObjectProperty(key.substring(0, dot)).set(key.substring(dot + 1), value);
    }
    return sync.toString();
  }

  private static Sync load(String json) {
    return SyncLoader.load("vip", json.getBytes(StandardCharsets.UTF_8), "here");
  }
}
