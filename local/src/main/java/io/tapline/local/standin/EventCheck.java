package io.tapline.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules for an event. */
final class EventCheck implements RecordCheck {

  private static final int MAX_ITEMS = 256;

  /** Names of CleverTap's own events, as {@link #comparable} makes them. */
  private static final Set<String> RESTRICTED =
      comparable(
          List.of(
              "Notification Sent",
              "Notification Viewed",
              "Notification Clicked",
              "Notification Delivered",
              "Notification Replied",
              "UTM Visited",
              "App Launched",
              "App Uninstalled",
              "App Version Changed",
              "Stayed",
              "Reply Sent",
              "Experiment Rendered",
              "Reachable By",
              "Identity Reset",
              "Identity Set",
              "Identity Error",
              "Web Page Viewed"));

  private final int maxProperties;
  private final Set<String> discarded;

  /**
   * @param maxProperties the account's limit
   * @param discarded names of events that the account has discarded
   */
  EventCheck(int maxProperties, Set<String> discarded) {
    this.maxProperties = maxProperties;
    this.discarded = comparable(discarded);
  }

  @Override
  public @Nullable Refusal check(ObjectNode record) {
    Refusal refusal = AddressCheck.check(record);
    if (refusal == null) {
      refusal = name(record.path("evtName"));
    }
    return refusal == null ? data(record) : refusal;
  }

  private @Nullable Refusal name(JsonNode name) {
    if (!name.isTextual() || name.textValue().isBlank()) {
      return Refusal.event(509, "Event Name", "Event name is missing");
    }
    String comparable = comparable(name.textValue());
    if (RESTRICTED.contains(comparable)) {
      return Refusal.event(513, "Event Name", "Trying to raise a restricted system event");
    }
    if (discarded.contains(comparable)) {
      return Refusal.event(528, "Event Name", "Trying to raise a discarded event");
    }
    return PropertyCheck.hasForbidden(name.textValue())
        ? structure("Event name has a forbidden character")
        : null;
  }

  private @Nullable Refusal data(ObjectNode record) {
    if (!(record.get("evtData") instanceof ObjectNode data)) {
      return structure("evtData is no object");
    }
    if (data.size() > maxProperties) {
      return Refusal.event(522, "Event data", "More than " + maxProperties + " properties");
    }
    boolean charged = record.path("evtName").asText().equals("Charged");
    for (Map.Entry<String, JsonNode> property : data.properties()) {
      boolean items = charged && property.getKey().equals("Items");
      String problem = items ? itemsProblem(property.getValue()) : problem(property);
      if (problem != null) {
        return structure(problem);
      }
    }
    return null;
  }

  private static @Nullable String itemsProblem(JsonNode items) {
    if (!items.isArray()) {
      return "Items is no list";
    }
    if (items.size() > MAX_ITEMS) {
      return "More than " + MAX_ITEMS + " Items";
    }
    for (JsonNode item : items) {
      if (!item.isObject()) {
        return "An item is no object";
      }
      for (Map.Entry<String, JsonNode> property : item.properties()) {
        String problem = problem(property);
        if (problem != null) {
          return problem;
        }
      }
    }
    return null;
  }

  private static @Nullable String problem(Map.Entry<String, JsonNode> property) {
    String problem = PropertyCheck.nameProblem(property.getKey());
    return problem == null
        ? PropertyCheck.valueProblem(property.getKey(), property.getValue())
        : problem;
  }

  private static Refusal structure(String reason) {
    return Refusal.event(512, "Event structure", reason);
  }

  private static Set<String> comparable(Iterable<String> names) {
    Set<String> comparable = new HashSet<>();
    names.forEach(name -> comparable.add(comparable(name)));
    return Set.copyOf(comparable);
  }

  /** Names are compared without case and spaces. */
  private static String comparable(String name) {
    return name.replace(" ", "").toLowerCase(Locale.ROOT);
  }
}
