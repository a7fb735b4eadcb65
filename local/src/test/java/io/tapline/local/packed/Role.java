package io.tapline.local.packed;

import io.tapline.local.template.Statement;
import io.tapline.local.template.Template;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a function's role in the template allows, one action on one pattern of resources after
 * another.
 */
record Role(List<Grant> grants) {

  /**
   * One action on one pattern of resources.
   *
   * @param resource an ARN with IAM's {@code *} and {@code ?}
   */
  record Grant(String action, String resource) {

    boolean allows(Permission needed) {
      return action.equals(needed.action()) && pattern().matcher(needed.resource()).matches();
    }

    /** Both wildcards go beyond {@code /} and {@code :}. */
    private Pattern pattern() {
      return Pattern.compile(
          Pattern.quote(resource).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
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
    return statement.actions().stream()
        .flatMap(
            action -> statement.resources().stream().map(resource -> new Grant(action, resource)));
  }

  boolean allows(Permission needed) {
    return grants.stream().anyMatch(grant -> grant.allows(needed));
  }
}
