package io.tapline.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rules for a profile. */
final class ProfileCheck implements RecordCheck {

  private static final int MAX_LIST = 100;
  private static final Set<String> LIST_OPERATORS = Set.of("$add", "$remove");
  private static final Set<String> FLAGS = Set.of("0", "1", "true", "false");

  private record KnownField(int code, String reason, Predicate<JsonNode> isValid) {}

  /** Fields with a rule of their own, by name in lower case. */
  private static final Map<String, KnownField> KNOWN =
      Map.ofEntries(
          known("gender", 514, "Gender is not valid", oneOf("M", "F")),
          known("email", 515, "Email is not valid", ContactCheck::isEmail),
          known("phone", 516, "Phone is not valid", ContactCheck::isPhone),
          known("employed", 517, "Employed is not valid", oneOf("Y", "N")),
          known("education", 518, "Education is not valid", oneOf("School", "College", "Graduate")),
          known("married", 519, "Married is not valid", oneOf("Y", "N")),
          known("age", 520, "Age is not valid", ProfileCheck::isAge),
          known("dob", 512, "DOB is no date", ProfileCheck::isDate),
          known("msg-email", 512, "MSG-email is no boolean", ProfileCheck::isFlag),
          known("msg-push", 512, "MSG-push is no boolean", ProfileCheck::isFlag),
          known("msg-sms", 512, "MSG-sms is no boolean", ProfileCheck::isFlag),
          known("msg-whatsapp", 512, "MSG-whatsapp is no boolean", ProfileCheck::isFlag),
          known("msg-dndphone", 512, "MSG-dndPhone is no boolean", ProfileCheck::isFlag),
          known("msg-dndemail", 512, "MSG-dndEmail is no boolean", ProfileCheck::isFlag),
          known("msg-dndwhatsapp", 512, "MSG-dndWhatsApp is no boolean", ProfileCheck::isFlag));

  /** Fields of CleverTap's that take any value. */
  private static final Set<String> FREE =
      Set.of("identity", "name", "photo", "customer type", "timezone");

  /**
   * What a property's name says.
   *
   * @param known the field that it names; null when that has no rule of its own
   * @param isCustom whether it is one of the account's own
   * @param problem what is wrong with the name; null when nothing is
   */
  private record Property(
      @Nullable KnownField known, boolean isIdentity, boolean isCustom, @Nullable String problem) {

    static Property named(String name) {
      String lower = name.toLowerCase(Locale.ROOT);
      KnownField known = KNOWN.get(lower);
      return new Property(
          known,
          lower.equals("identity"),
          known == null && !FREE.contains(lower),
          PropertyCheck.nameProblem(name));
    }
  }

  private static final Names<Property> PROPERTIES = new Names<>(Property::named);

  /** Whether a property is one of the account's own. */
  static boolean isCustom(String name) {
    return PROPERTIES.of(name).isCustom();
  }

  @Override
  public @Nullable Refusal check(ObjectNode record) {
    Refusal refusal = AddressCheck.check(record);
    if (refusal != null) {
      return refusal;
    }
    if (!(record.get("profileData") instanceof ObjectNode data)) {
      return Refusal.profile(512, "profileData is no object");
    }
    for (Map.Entry<String, JsonNode> property : data.properties()) {
      refusal = property(property.getKey(), property.getValue());
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private static @Nullable Refusal property(String name, JsonNode value) {
    Property property = PROPERTIES.of(name);
    KnownField known = property.known();
    if (known != null && !known.isValid().test(value)) {
      return Refusal.profile(known.code(), known.reason());
    }
    if (property.isIdentity()) {
      Refusal refusal = AddressCheck.identity(value);
      if (refusal != null) {
        return refusal;
      }
    }
    String problem = property.problem();
    if (problem == null) {
      problem =
          value.isContainerNode()
              ? listProblem(name, value)
              : PropertyCheck.valueProblem(name, value);
    }
    return problem == null ? null : Refusal.profile(512, problem);
  }

  private static @Nullable String listProblem(String name, JsonNode value) {
    JsonNode list = value;
    if (value instanceof ObjectNode object) {
      Map.Entry<String, JsonNode> operation =
          object.size() == 1 ? object.properties().iterator().next() : null;
      if (operation == null || !LIST_OPERATORS.contains(operation.getKey())) {
        return "Property " + name + " is nested";
      }
      list = operation.getValue();
    }
    if (!list.isArray()) {
      return "Property " + name + " is no list";
    }
    if (list.size() > MAX_LIST) {
      return "Property " + name + " has more than " + MAX_LIST + " values";
    }
    Set<String> seen = new HashSet<>();
    for (JsonNode item : list) {
      if (!item.isTextual()) {
        return "Property " + name + " has a value that is no text";
      }
      if (!seen.add(item.textValue())) {
        return "Property " + name + " has a value twice";
      }
      String problem = PropertyCheck.valueProblem(name, item);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private static Map.Entry<String, KnownField> known(
      String name, int code, String reason, Predicate<JsonNode> isValid) {
    return Map.entry(name, new KnownField(code, reason, isValid));
  }

  private static Predicate<JsonNode> oneOf(String... allowed) {
    Set<String> values = Set.of(allowed);
    return value -> value.isTextual() && values.contains(value.textValue());
  }

  private static boolean isAge(JsonNode value) {
    return value.isNumber() && value.doubleValue() >= 0;
  }

  private static boolean isDate(JsonNode value) {
    return value.isTextual() && PropertyCheck.isDate(value.textValue());
  }

  private static boolean isFlag(JsonNode value) {
    return value.isValueNode() && FLAGS.contains(value.asText());
  }
}
