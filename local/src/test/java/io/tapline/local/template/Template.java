package io.tapline.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code template.yaml} as CloudFormation reads it for the stack {@code tapline} in the account
 * 123456789012 and the region us-east-1: with parameters chosen, conditions decided and references
 * resolved. A resource whose condition does not hold is not there. Immutable.
 */
public final class Template {

  static final String FUNCTION = "AWS::Serverless::Function";

  /** The launcher says where the project is; tests run in a module of it. */
  private static final Path PROJECT = Path.of(System.getProperty("tapline.home", ".."));

  private final TemplateFile file;
  private final Map<String, String> parameters;
  private final Resolver resolver;

  private Template(TemplateFile file, Map<String, String> parameters) {
    this.file = file;
    this.parameters = parameters;
    this.resolver = new Resolver(file.tree(), parameters);
  }

  /** The folder of the project, where the template lies. */
  public static Path project() {
    return PROJECT;
  }

  /** The project's template, with the defaults of all parameters. */
  public static Template read() {
    return of(TemplateFile.read(PROJECT.resolve("template.yaml")));
  }

  static Template of(TemplateFile file) {
    return new Template(file, Map.of());
  }

  /**
   * The template with another value of a parameter.
   *
   * @throws IllegalArgumentException when it has no such parameter
   */
  public Template with(String parameter, String value) {
    Map<String, String> more = new HashMap<>(parameters);
    more.put(parameter, value);
    return new Template(file, more);
  }

  /** What is asked of whoever deploys it, by name, in the order of the file. */
  public Map<String, JsonNode> parameters() {
    Map<String, JsonNode> parameters = new LinkedHashMap<>();
    file.tree()
        .path("Parameters")
        .properties()
        .forEach(entry -> parameters.put(entry.getKey(), entry.getValue()));
    return parameters;
  }

  TemplateFile file() {
    return file;
  }

  /**
   * The resources that are there, by logical id, in the order of the file; functions with what
   * {@code Globals} say.
   */
  public Map<String, JsonNode> resources() {
    Map<String, JsonNode> resources = new LinkedHashMap<>();
    file.tree()
        .path("Resources")
        .properties()
        .forEach(
            entry -> {
              JsonNode condition = entry.getValue().path("Condition");
              if (condition.isMissingNode() || resolver.holds(condition.asText())) {
                resources.put(entry.getKey(), entry.getValue());
              }
            });
    resources.replaceAll((id, resource) -> resolver.resolve(withGlobals(resource)));
    return resources;
  }

  /** A function has what {@code Globals} say, too; what it says itself goes before. */
  private JsonNode withGlobals(JsonNode resource) {
    if (!resource.path("Type").asText().equals(FUNCTION)) {
      return resource;
    }
    ObjectNode copy = resource.deepCopy();
    copy.set(
        "Properties",
        merged(file.tree().path("Globals").path("Function"), resource.path("Properties")));
    return copy;
  }

  private static JsonNode merged(JsonNode base, JsonNode over) {
    if (!base.isObject() || !over.isObject()) {
      return over;
    }
    ObjectNode both = base.deepCopy();
    over.properties()
        .forEach(
            entry -> {
              JsonNode below = both.path(entry.getKey());
              both.set(entry.getKey(), merged(below, entry.getValue()));
            });
    return both;
  }

  /** The properties of the resources of a type that are there, such as {@code AWS::SQS::Queue}. */
  public Map<String, JsonNode> ofType(String type) {
    Map<String, JsonNode> properties = new LinkedHashMap<>();
    resources()
        .forEach(
            (id, resource) -> {
              if (resource.path("Type").asText().equals(type)) {
                properties.put(id, resource.path("Properties"));
              }
            });
    return properties;
  }

  /**
   * The properties of a resource.
   *
   * @throws IllegalArgumentException when it is not there
   */
  public JsonNode properties(String logicalId) {
    JsonNode resource = resources().get(logicalId);
    if (resource == null) {
      throw new IllegalArgumentException("there is no resource " + logicalId);
    }
    return resource.path("Properties");
  }

  /** The environment variables of a function, those for all functions among them. */
  public Map<String, String> environment(String function) {
    Map<String, String> variables = new LinkedHashMap<>();
    properties(function)
        .path("Environment")
        .path("Variables")
        .properties()
        .forEach(variable -> variables.put(variable.getKey(), variable.getValue().asText()));
    return variables;
  }

  /**
   * What a role allows, in the order of the file.
   *
   * @throws IllegalArgumentException when a statement does not allow, or allows by {@code
   *     NotAction} or the like
   */
  public List<Statement> roleStatements(String role) {
    List<Statement> statements = new ArrayList<>();
    for (JsonNode policy : properties(role).path("Policies")) {
      for (JsonNode statement : policy.path("PolicyDocument").path("Statement")) {
        if (!statement.path("Effect").asText().equals("Allow")
            || !statement.has("Action")
            || !statement.has("Resource")) {
          throw new IllegalArgumentException("%s of %s".formatted(statement.path("Sid"), role));
        }
        statements.add(
            new Statement(
                statement.path("Sid").asText(),
                texts(statement.path("Action")),
                texts(statement.path("Resource")),
                statement.path("Condition")));
      }
    }
    return statements;
  }

  /** A text, or a list of texts, as a list. */
  static List<String> texts(JsonNode value) {
    return value.isArray()
        ? value.valueStream().map(JsonNode::asText).toList()
        : List.of(value.asText());
  }
}
