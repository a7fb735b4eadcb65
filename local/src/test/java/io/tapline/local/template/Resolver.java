package io.tapline.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What CloudFormation makes of the functions in a template, with fixed parameters, for one account
 * and region. Whatever it does not know is an error, never a guess.
 */
final class Resolver {

  static final String ACCOUNT = "123456789012";
  static final String REGION = "us-east-1";
  static final String STACK = "tapline";

  private static final Map<String, String> PSEUDO =
      Map.of(
          "AWS::AccountId", ACCOUNT,
          "AWS::Region", REGION,
          "AWS::Partition", "aws",
          "AWS::StackName", STACK,
          "AWS::URLSuffix", "amazonaws.com");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(?<name>[^!}][^}]*)}");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonNode tree;
  private final Map<String, String> parameters;

  /**
   * Resolves what a template says.
   *
   * @param chosen values of parameters; the others have their defaults
   */
  Resolver(JsonNode tree, Map<String, String> chosen) {
    this.tree = tree;
    this.parameters = new HashMap<>();
    tree.path("Parameters")
        .properties()
        .forEach(p -> parameters.put(p.getKey(), p.getValue().path("Default").asText()));
    chosen.forEach(
        (name, value) -> {
          if (parameters.put(name, value) == null) {
            throw new IllegalArgumentException("there is no parameter " + name);
          }
        });
  }

  /** A value with its functions replaced by what they come to; missing where that is no value. */
  JsonNode resolve(JsonNode value) {
    if (value.isArray()) {
      ArrayNode list = NODES.arrayNode();
      for (JsonNode element : value) {
        JsonNode resolved = resolve(element);
        if (!resolved.isMissingNode()) {
          list.add(resolved);
        }
      }
      return list;
    }
    if (!value.isObject()) {
      return value;
    }
    if (value.size() == 1) {
      Map.Entry<String, JsonNode> only = value.properties().iterator().next();
      if (only.getKey().equals("Ref") || only.getKey().startsWith("Fn::")) {
        return call(only.getKey(), only.getValue());
      }
    }
    ObjectNode map = NODES.objectNode();
    value
        .properties()
        .forEach(
            entry -> {
              JsonNode resolved = resolve(entry.getValue());
              if (!resolved.isMissingNode()) {
                map.set(entry.getKey(), resolved);
              }
            });
    return map;
  }

  private JsonNode call(String function, JsonNode argument) {
    return switch (function) {
      case "Ref" -> ref(argument.asText());
      case "Fn::GetAtt" ->
          NODES.textNode(attribute(argument.get(0).asText(), argument.get(1).asText()));
      case "Fn::Sub" -> NODES.textNode(substitute(argument));
      case "Fn::If" -> resolve(argument.get(holds(argument.get(0).asText()) ? 1 : 2));
      case "Fn::FindInMap" -> {
        JsonNode path = resolve(argument);
        yield tree.requiredAt(
            "/Mappings/%s/%s/%s"
                .formatted(path.get(0).asText(), path.get(1).asText(), path.get(2).asText()));
      }
      default -> throw new IllegalArgumentException("unknown function " + function);
    };
  }

  private JsonNode ref(String name) {
    return name.equals("AWS::NoValue") ? NODES.missingNode() : NODES.textNode(named(name));
  }

  private String named(String name) {
    if (PSEUDO.containsKey(name)) {
      return PSEUDO.get(name);
    }
    if (parameters.containsKey(name)) {
      return parameters.get(name);
    }
    return switch (resource(name).path("Type").asText()) {
      case "AWS::SQS::Queue" ->
          "https://sqs.%s.amazonaws.com/%s/%s".formatted(REGION, ACCOUNT, physicalName(name));
      case "AWS::SNS::Topic" -> attribute(name, "Arn");
      default -> physicalName(name);
    };
  }

  private String attribute(String logicalId, String attribute) {
    String name = physicalName(logicalId);
    String type = resource(logicalId).path("Type").asText();
    return switch (attribute) {
      case "Arn" ->
          switch (type) {
            case "AWS::S3::Bucket" -> "arn:aws:s3:::" + name;
            case "AWS::IAM::Role" -> "arn:aws:iam::%s:role/%s".formatted(ACCOUNT, name);
            case "AWS::SQS::Queue" -> arn("sqs", name);
            case "AWS::SNS::Topic" -> arn("sns", name);
            case "AWS::Logs::LogGroup" -> arn("logs", "log-group:" + name + ":*");
            case "AWS::Serverless::Function" -> arn("lambda", "function:" + name);
            case "AWS::Events::Rule" -> arn("events", "rule/" + name);
            default -> throw new IllegalArgumentException("the ARN of a " + type);
          };
      case "QueueName", "TopicName" -> name;
      default -> throw new IllegalArgumentException(attribute + " of a " + type);
    };
  }

  private static String arn(String service, String rest) {
    return "arn:aws:%s:%s:%s:%s".formatted(service, REGION, ACCOUNT, rest);
  }

  /** Its name; made up like CloudFormation's where the template gives none. */
  private String physicalName(String logicalId) {
    JsonNode properties = resource(logicalId).path("Properties");
    for (String key :
        new String[] {"FunctionName", "QueueName", "BucketName", "LogGroupName", "TopicName"}) {
      if (properties.has(key)) {
        return resolve(properties.get(key)).asText();
      }
    }
    return STACK + "-" + logicalId;
  }

  private JsonNode resource(String logicalId) {
    JsonNode resource = tree.path("Resources").path(logicalId);
    if (resource.isMissingNode()) {
      throw new IllegalArgumentException("there is no resource " + logicalId);
    }
    return resource;
  }

  private String substitute(JsonNode argument) {
    String text = argument.isArray() ? argument.get(0).asText() : argument.asText();
    JsonNode own = argument.isArray() ? argument.get(1) : NODES.objectNode();
    Matcher matcher = PLACEHOLDER.matcher(text);
    StringBuilder whole = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group("name");
      String value;
      if (own.has(name)) {
        value = resolve(own.get(name)).asText();
      } else if (name.contains(".")) {
        int dot = name.indexOf('.');
        value = attribute(name.substring(0, dot), name.substring(dot + 1));
      } else {
        value = named(name);
      }
      matcher.appendReplacement(whole, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(whole).toString().replace("${!", "${");
  }

  /** Whether a condition of the template holds. */
  boolean holds(String condition) {
    JsonNode rule = tree.path("Conditions").path(condition);
    if (rule.isMissingNode()) {
      throw new IllegalArgumentException("there is no condition " + condition);
    }
    return holds(rule);
  }

  private boolean holds(JsonNode rule) {
    Map.Entry<String, JsonNode> call = rule.properties().iterator().next();
    JsonNode argument = call.getValue();
    return switch (call.getKey()) {
      case "Condition" -> holds(argument.asText());
      case "Fn::Equals" ->
          resolve(argument.get(0)).asText().equals(resolve(argument.get(1)).asText());
      case "Fn::Not" -> !holds(argument.get(0));
      case "Fn::And" -> argument.valueStream().allMatch(this::holds);
      case "Fn::Or" -> argument.valueStream().anyMatch(this::holds);
      default -> throw new IllegalArgumentException("unknown condition " + call.getKey());
    };
  }
}
