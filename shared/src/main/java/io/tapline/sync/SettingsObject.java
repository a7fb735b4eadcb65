package io.tapline.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One JSON object of a settings file, read key by key. A value that is wrong becomes a problem and
 * is then as good as absent, so that reading goes on and finds the next one; a null is as good as
 * absent, too. Not thread-safe.
 */
final class SettingsObject {

  private static final int MAX_SHOWN = 60;

  private final ObjectNode node;
  private final String path;
  private final Problems problems;
  private final boolean withheld;

  /** The object at the top of a file. */
  SettingsObject(ObjectNode node, Problems problems) {
    this(node, "", problems, false);
  }

  private SettingsObject(ObjectNode node, String path, Problems problems, boolean withheld) {
    this.node = node;
    this.path = path;
    this.problems = problems;
    this.withheld = withheld;
  }

  /**
   * The same object, whose problems tell of what kind a value is instead of the value: for secrets
   * and e-mail.
   */
  SettingsObject withheld() {
    return new SettingsObject(node, path, problems, true);
  }

  boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** The keys that are there and not null, in the order of the file. */
  List<String> keys() {
    return node.properties().stream()
        .filter(field -> !field.getValue().isNull())
        .map(field -> field.getKey())
        .toList();
  }

  /** Makes a problem of each key that is not {@code known}. */
  void allowOnly(Collection<String> known) {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String key = names.next();
      if (known.contains(key)) {
        continue;
      }
      String unknown = withheld ? path + "a key" : pathOf(key);
      String advice =
          NearestKey.to(key, known)
              .map(nearest -> "did you mean " + path + nearest + "?")
              .orElse("the keys are " + String.join(", ", known));
      problems.add(unknown + " is unknown; " + advice);
    }
  }

  /** The object under {@code key}; an empty one when there is none. */
  SettingsObject object(String key) {
    JsonNode value = node.path(key);
    if (!(value instanceof ObjectNode)) {
      refuseIfPresent(key, "an object");
      value = node.objectNode();
    }
    return new SettingsObject((ObjectNode) value, pathOf(key) + ".", problems, withheld);
  }

  Optional<String> text(String key, Predicate<String> valid, String allowed) {
    return convert(
        key, allowed, value -> Optional.of(value.textValue()).filter(valid), JsonNode::isTextual);
  }

  /** Like {@link #text}; its absence is a problem, and the result then is empty text. */
  String requiredText(String key, Predicate<String> valid, String allowed) {
    requirePresent(key, allowed);
    return text(key, valid, allowed).orElse("");
  }

  /**
   * One of {@code choices}.
   *
   * @param spelling how a choice is written in the settings
   */
  <E extends Enum<E>> Optional<E> choice(String key, E[] choices, Function<E, String> spelling) {
    return convert(
        key,
        listed(choices, spelling),
        value ->
            Arrays.stream(choices)
                .filter(choice -> spelling.apply(choice).equals(value.textValue()))
                .findFirst(),
        JsonNode::isTextual);
  }

  /** Like {@link #choice}; its absence is a problem. */
  <E extends Enum<E>> Optional<E> requiredChoice(
      String key, E[] choices, Function<E, String> spelling) {
    requirePresent(key, listed(choices, spelling));
    return choice(key, choices, spelling);
  }

  boolean flag(String key, boolean otherwise) {
    return convert(
            key, "true or false", value -> Optional.of(value.booleanValue()), JsonNode::isBoolean)
        .orElse(otherwise);
  }

  /** An integer from {@code min} to {@code max}. */
  int integer(String key, int min, int max, int otherwise) {
    String range = min + " to " + max;
    return convert(
            key,
            node.path(key).isIntegralNumber() ? range : "a whole number from " + range,
            value -> Optional.of(value.intValue()).filter(number -> number >= min && number <= max),
            value -> value.isIntegralNumber() && value.canConvertToInt())
        .orElse(otherwise);
  }

  Optional<Duration> duration(String key, Predicate<Duration> valid, String allowed) {
    return convert(
        key,
        allowed,
        value -> DurationText.parse(value.textValue()).filter(valid),
        JsonNode::isTextual);
  }

  /**
   * Reads a value of a form of its own.
   *
   * @param conversion gives nothing for a value that is not allowed
   * @param type whether {@code conversion} may be asked about a value at all
   */
  <T> Optional<T> convert(
      String key,
      String allowed,
      Function<JsonNode, Optional<T>> conversion,
      Predicate<JsonNode> type) {
    JsonNode value = node.path(key);
    Optional<T> converted = type.test(value) ? conversion.apply(value) : Optional.empty();
    if (converted.isEmpty()) {
      refuseIfPresent(key, allowed + quotes(value, conversion, type));
    }
    return converted;
  }

  /** What to do with the quotes of a value that is right but for them; empty: it is not. */
  private static <T> String quotes(
      JsonNode value, Function<JsonNode, Optional<T>> conversion, Predicate<JsonNode> type) {
    if (!value.isValueNode()) {
      return "";
    }
    JsonNode other =
        value.isTextual()
            ? SettingsJson.scalar(value.textValue())
            : TextNode.valueOf(value.asText());
    if (!type.test(other) || conversion.apply(other).isEmpty()) {
      return "";
    }
    return value.isTextual() ? "; take the quotes away" : "; put it in quotes";
  }

  /** Makes a problem of the key's absence. */
  void requirePresent(String key, String allowed) {
    if (!has(key)) {
      problems.add(pathOf(key) + " is missing; it must be " + allowed);
    }
  }

  /** Makes a problem of the key's presence. */
  void refuseIfPresent(String key, String allowed) {
    if (has(key)) {
      refuse(key, allowed);
    }
  }

  private void refuse(String key, String allowed) {
    JsonNode value = node.path(key);
    problems.add(
        pathOf(key) + " is " + (withheld ? kind(value) : shown(value)) + "; it must be " + allowed);
  }

  /** The key as messages name it: one that could break their line is quoted as in JSON. */
  private String pathOf(String key) {
    boolean plain = key.length() <= MAX_SHOWN && key.matches("[\\p{L}\\p{N} $._\\[\\]-]+");
    return path + (plain ? key : shown(TextNode.valueOf(key)));
  }

  private static String shown(JsonNode value) {
    String json = value.toString();
    if (json.length() <= MAX_SHOWN) {
      return json;
    }
    int end = Character.isHighSurrogate(json.charAt(MAX_SHOWN - 2)) ? MAX_SHOWN - 2 : MAX_SHOWN - 1;
    return json.substring(0, end) + "…";
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING ->
          switch (value.textValue().length()) {
            case 0 -> "empty";
            case 1 -> "text of 1 character (not shown)";
            default -> "text of " + value.textValue().length() + " characters (not shown)";
          };
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case ARRAY -> "a list";
      default -> "an object";
    };
  }

  private static <E extends Enum<E>> String listed(E[] choices, Function<E, String> spelling) {
    List<String> names = Arrays.stream(choices).map(spelling).toList();
    int last = names.size() - 1;
    return String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }
}
