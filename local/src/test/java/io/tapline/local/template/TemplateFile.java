package io.tapline.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * {@code template.yaml} as it is written: a tree in which {@code !Ref X} is {@code {"Ref": "X"}},
 * {@code !GetAtt A.B} is {@code {"Fn::GetAtt": ["A", "B"]}} and so on, and the place of each value.
 */
final class TemplateFile {

  private static final String OWN_TAG = "!";

  private final List<String> lines;
  private final JsonNode tree;
  private final Map<JsonNode, Integer> places = new IdentityHashMap<>();

  private TemplateFile(String text) {
    this.lines = text.lines().toList();
    Node root =
        new Compose(LoadSettings.builder().setLabel("template.yaml").build())
            .composeString(text)
            .orElseThrow(() -> new IllegalArgumentException("the template is empty"));
    this.tree = read(root);
  }

  static TemplateFile read(Path file) {
    try {
      return new TemplateFile(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TemplateFile of(String text) {
    return new TemplateFile(text);
  }

  JsonNode tree() {
    return tree;
  }

  /** The line of a text, a list or a map of the tree, from 1. */
  int line(JsonNode value) {
    return Objects.requireNonNull(places.get(value), () -> "not of this file: " + value);
  }

  /** The comment right above a line; empty where there is none. */
  String commentAbove(int line) {
    List<String> comment = new ArrayList<>();
    for (int i = line - 2; i >= 0 && lines.get(i).strip().startsWith("#"); i--) {
      comment.add(lines.get(i).strip().substring(1).strip());
    }
    Collections.reverse(comment);
    return String.join(" ", comment);
  }

  private JsonNode read(Node node) {
    JsonNode value =
        switch (node) {
          case MappingNode map -> map(map);
          case SequenceNode list -> list(list);
          case ScalarNode scalar -> scalar(scalar);
          default -> throw new IllegalArgumentException("unexpected " + node);
        };
    JsonNode whole = tagged(node.getTag().getValue(), value);
    int line = node.getStartMark().orElseThrow().getLine() + 1;
    places.put(value, line);
    places.put(whole, line);
    return whole;
  }

  private static JsonNode tagged(String tag, JsonNode value) {
    if (!tag.startsWith(OWN_TAG)) {
      return value;
    }
    String name = tag.substring(OWN_TAG.length());
    ObjectNode call = JsonNodeFactory.instance.objectNode();
    return switch (name) {
      case "Ref", "Condition" -> call.set(name, value);
      case "GetAtt" -> {
        ArrayNode path = call.putArray("Fn::GetAtt");
        for (String part : value.asText().split("\\.", 2)) {
          path.add(part);
        }
        yield call;
      }
      default -> call.set("Fn::" + name, value);
    };
  }

  private JsonNode map(MappingNode node) {
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    for (NodeTuple entry : node.getValue()) {
      String key = ((ScalarNode) entry.getKeyNode()).getValue();
      if (map.has(key)) {
        throw new IllegalArgumentException(
            "%s is there twice, at %s"
                .formatted(key, entry.getKeyNode().getStartMark().orElseThrow()));
      }
      map.set(key, read(entry.getValueNode()));
    }
    return map;
  }

  private JsonNode list(SequenceNode node) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    node.getValue().forEach(element -> list.add(read(element)));
    return list;
  }

  private static JsonNode scalar(ScalarNode node) {
    Tag tag = node.getTag();
    String text = node.getValue();
    if (tag.equals(Tag.NULL)) {
      return JsonNodeFactory.instance.nullNode();
    }
    if (tag.equals(Tag.BOOL)) {
      return JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text));
    }
    if (tag.equals(Tag.INT)) {
      return JsonNodeFactory.instance.numberNode(Long.parseLong(text));
    }
    return JsonNodeFactory.instance.textNode(text);
  }
}
