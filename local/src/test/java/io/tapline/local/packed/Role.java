package io.tapline.local.packed;

import io.tapline.local.template.Statement;
import io.tapline.local.template.Template;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a function's role in the template allows: one action on one pattern of resources after
 * another.
 */
record Role(List<Grant> grants) {

  /**
   * One action on one pattern of resources.
   *
   * @param resource an ARN with IAM's {@code *} and {@code ?}
   * @param condition values that the context of a request must have, by IAM's names
   */
  record Grant(String action, String resource, Map<String, String> condition) {

    boolean allows(Permission needed) {
      return action.equals(needed.action())
          && matches(resource, needed.resource())
          && condition.entrySet().stream()
              .allMatch(wanted -> wanted.getValue().equals(needed.context().get(wanted.getKey())));
    }
  }

  /**
   * The role of a function.
   *
   * @param function {@code splitter}, {@code worker} or {@code finalizer}
   */
  static Role of(Template template, String function) {
    String role = Character.toUpperCase(function.charAt(0)) + function.substring(1) + "Role";
    return new Role(template.roleStatements(role).stream().flatMap(Role::grants).toList());
  }

  private static Stream<Grant> grants(Statement statement) {
    Map<String, String> condition = new HashMap<>();
    statement
        .condition()
        .properties()
        .forEach(
            operator -> {
              if (!operator.getKey().equals("StringEquals")) {
                throw new IllegalArgumentException("unknown condition " + operator);
              }
              operator
                  .getValue()
                  .properties()
                  .forEach(key -> condition.put(key.getKey(), key.getValue().asText()));
            });
    return statement.actions().stream()
        .flatMap(
            action ->
                statement.resources().stream()
                    .map(resource -> new Grant(action, resource, condition)));
  }

  boolean allows(Permission needed) {
    return grants.stream().anyMatch(grant -> grant.allows(needed));
  }

  /** As IAM matches: both wildcards stand for {@code /} and {@code :}, too. */
  static boolean matches(String pattern, String arn) {
    String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return Pattern.matches(regex, arn);
  }
}
