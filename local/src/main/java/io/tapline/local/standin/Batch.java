package io.tapline.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records of one call, decided one by one, and the reply to them. What is accepted is forgotten
 * but for its count, unless somebody listens. Not safe for several threads.
 */
final class Batch {

  /** An accepted record that a {@link Recorder} will be told of. */
  record Kept(RecordKind kind, JsonNode record) {}

  private final boolean keeps;
  private final Map<RecordKind, Long> accepted = new EnumMap<>(RecordKind.class);
  private final ArrayNode unprocessed = JsonNodeFactory.instance.arrayNode();
  private final List<Integer> refusedCodes = new ArrayList<>();
  private final List<Kept> kept = new ArrayList<>();
  private int size;
  private int processed;
  private long digest;

  /**
   * @param keeps whether accepted records are kept until the call is over
   */
  Batch(boolean keeps) {
    this.keeps = keeps;
  }

  /** How many records it has so far. */
  int size() {
    return size;
  }

  void accept(RecordKind kind, JsonNode record, long recordDigest) {
    size++;
    processed++;
    accepted.merge(kind, 1L, Long::sum);
    digest += recordDigest;
    if (keeps) {
      kept.add(new Kept(kind, record));
    }
  }

  void refuse(JsonNode record, Refusal refusal) {
    size++;
    refusedCodes.add(refusal.code());
    ObjectNode entry = unprocessed.addObject();
    entry.put("status", "fail");
    entry.put("code", refusal.code());
    entry.put("error", refusal.error(size));
    entry.set("record", retyped(record));
  }

  int processed() {
    return processed;
  }

  Map<RecordKind, Long> accepted() {
    return accepted;
  }

  List<Integer> refusedCodes() {
    return refusedCodes;
  }

  List<Kept> kept() {
    return kept;
  }

  long digest() {
    return digest;
  }

  Reply reply() {
    String status = unprocessed.isEmpty() ? "success" : processed > 0 ? "partial" : "fail";
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("status", status).put("processed", processed).set("unprocessed", unprocessed);
    return Reply.json(200, body);
  }

  /**
   * The record as CleverTap echoes it: profile texts that look like a number come as one. That a
   * contact's {@code value} does so too is assumed.
   */
  private static JsonNode retyped(JsonNode record) {
    record.path("profileData").properties().forEach(Batch::retype);
    record.properties().stream()
        .filter(property -> property.getKey().equals("value"))
        .forEach(Batch::retype);
    return record;
  }

  private static void retype(Map.Entry<String, JsonNode> property) {
    Long number = number(property.getValue());
    if (number != null) {
      property.setValue(JsonNodeFactory.instance.numberNode(number.longValue()));
    }
  }

  private static @Nullable Long number(JsonNode value) {
    if (!value.isTextual()) {
      return null;
    }
    String text = value.textValue();
    int start = text.startsWith("+") ? 1 : 0;
    boolean isNumber = text.length() <= 18 && PropertyCheck.isDigits(text, start);
    return isNumber ? Long.valueOf(text.substring(start)) : null;
  }
}
