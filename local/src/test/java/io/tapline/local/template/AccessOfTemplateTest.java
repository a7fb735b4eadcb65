package io.tapline.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what, in the roles and in the policies of buckets, queues and the topic. */
class AccessOfTemplateTest {

  private final Template template = Template.read();

  /** A comment right above the statement, or above the line with the star. */
  @Test
  void eachStarHasAReasonBesideIt() {
    TemplateFile file = template.file();
    List<String> without = new ArrayList<>();
    List<JsonNode> statements = statements(file.tree());
    for (JsonNode statement : statements) {
      if (file.commentAbove(file.line(statement)).isEmpty()) {
        Stream.of("Action", "Resource")
            .flatMap(key -> texts(statement.path(key)).stream())
            .filter(text -> text.asText().contains("*"))
            .filter(text -> file.commentAbove(file.line(text)).isEmpty())
            .forEach(text -> without.add("line " + file.line(text) + ": " + text.asText()));
      }
    }

    assertThat(statements).hasSizeGreaterThan(30);
    assertThat(without).isEmpty();
  }

  @Test
  void nothingIsAllowedToEverybody() {
    for (JsonNode statement : statements(template.file().tree())) {
      if (statement.path("Principal").asText().equals("*")) {
        assertThat(statement.path("Effect").asText()).as(statement.toString()).isEqualTo("Deny");
      }
      assertThat(statement.has("NotAction") || statement.has("NotResource"))
          .as(statement.toString())
          .isFalse();
    }
  }

  @Test
  void eachFunctionHasOneExplicitRole() {
    Set<String> roles = new LinkedHashSet<>();
    template
        .ofType(Template.FUNCTION)
        .forEach(
            (id, function) -> {
              assertThat(function.has("Policies")).as("%s: SAM's policies are wide", id).isFalse();
              assertThat(roles.add(function.path("Role").asText())).as(id).isTrue();
            });

    Map<String, JsonNode> all = template.ofType("AWS::IAM::Role");
    assertThat(all.keySet())
        .containsExactly("SplitterRole", "WorkerRole", "FinalizerRole", "SchedulerRole");
    assertThat(all.values())
        .noneMatch(role -> role.has("ManagedPolicyArns"))
        .noneMatch(role -> role.has("RoleName"));
  }

  @ParameterizedTest
  @CsvSource({
    "SplitterRole,  lambda.amazonaws.com",
    "WorkerRole,    lambda.amazonaws.com",
    "FinalizerRole, lambda.amazonaws.com",
    "SchedulerRole, scheduler.amazonaws.com",
  })
  void roleIsTakenByItsServiceOnly(String role, String service) {
    JsonNode statements = template.properties(role).at("/AssumeRolePolicyDocument/Statement");

    assertThat(statements).hasSize(1);
    assertThat(statements.get(0).path("Principal"))
        .hasToString("{\"Service\":\"%s\"}".formatted(service));
    assertThat(statements.get(0).path("Action").asText()).isEqualTo("sts:AssumeRole");
  }

  /** The schedules name it, so that SAM makes none. */
  @ParameterizedTest
  @CsvSource({
    "SplitterFunction,  Sweep,       rate(15 minutes)",
    "FinalizerFunction, EveryMinute, rate(1 minute)",
  })
  void schedulesMayStartJustTheirFunctions(String function, String event, String schedule) {
    JsonNode properties =
        template.properties(function).path("Events").path(event).path("Properties");

    assertThat(properties.path("ScheduleExpression").asText()).isEqualTo(schedule);
    assertThat(properties.path("RoleArn").asText()).endsWith(":role/tapline-SchedulerRole");
    assertThat(properties.has("RetryPolicy")).isTrue();
    assertThat(template.roleStatements("SchedulerRole"))
        .singleElement()
        .satisfies(
            start ->
                assertThat(start.resources())
                    .containsExactly(
                        "arn:aws:lambda:us-east-1:123456789012:function:tapline-splitter",
                        "arn:aws:lambda:us-east-1:123456789012:function:tapline-finalizer"));
  }

  @Test
  void finalizerTellsOfFinishedJobsOnly() {
    assertThat(template.roleStatements("FinalizerRole"))
        .filteredOn(s -> s.actions().contains("events:PutEvents"))
        .singleElement()
        .satisfies(
            put -> {
              assertThat(put.resources())
                  .containsExactly("arn:aws:events:us-east-1:123456789012:event-bus/default");
              assertThat(put.condition())
                  .hasToString(
                      """
                      {"StringEquals":{"events:source":"tapline",\
                      "events:detail-type":"Tapline Job Finished"}}\
                      """);
            });
  }

  /** The statements of all policies, but not those by which a role is taken. */
  private static List<JsonNode> statements(JsonNode tree) {
    List<JsonNode> statements = new ArrayList<>();
    for (JsonNode policy : tree.findValues("PolicyDocument")) {
      collect(policy.path("Statement"), statements);
    }
    return statements;
  }

  /** Also those under a condition. */
  private static void collect(JsonNode value, List<JsonNode> statements) {
    if (value.has("Effect")) {
      statements.add(value);
    } else {
      value.forEach(inner -> collect(inner, statements));
    }
  }

  private static List<JsonNode> texts(JsonNode value) {
    if (value.isTextual()) {
      return List.of(value);
    }
    return value.valueStream().flatMap(inner -> texts(inner).stream()).toList();
  }
}
