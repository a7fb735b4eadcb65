package io.tapline.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.tapline.job.JobFinished;
import io.tapline.job.Metric;
import io.tapline.job.MetricLine;
import io.tapline.ledger.RowCounts;
import io.tapline.report.Report;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alarms, the dashboard and the notification look at what there is. */
class WatchingOfTemplateTest {

  private static final String ALARM = "AWS::CloudWatch::Alarm";
  private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:tapline-notifications";

  private static final Set<String> OURS =
      Arrays.stream(Metric.values()).map(Metric::text).collect(Collectors.toSet());

  /** What AWS measures of a function and of a queue. */
  private static final Map<String, Set<String>> THEIRS =
      Map.of(
          "AWS/Lambda",
          Set.of("ConcurrentExecutions", "Duration", "Errors", "Invocations", "Throttles"),
          "AWS/SQS",
          Set.of(
              "ApproximateAgeOfOldestMessage",
              "ApproximateNumberOfMessagesNotVisible",
              "ApproximateNumberOfMessagesVisible"));

  private static final Pattern SEARCH =
      Pattern.compile(
          "SEARCH\\('\\{Tapline,Installation,Sync} MetricName=\"(?<metric>\\w+)\""
              + " Installation=\"tapline\"', '(Sum|Maximum)', 300\\)");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Template template = Template.read();

  /** A metric with the dimensions by which it is looked at. */
  private record Watched(String namespace, String name, Map<String, String> dimensions) {}

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "JobsFailed,         Sum,     GreaterThanThreshold, 0,   1 x 300",
    "JobsNotAddedUp,     Sum,     GreaterThanThreshold, 0,   1 x 300",
    "RejectedShare,      Maximum, GreaterThanThreshold, 10,  1 x 300",
    "DeadChunks,         Sum,     GreaterThanThreshold, 0,   1 x 300",
    "DeadLetters,        Minimum, GreaterThanThreshold, 0,   3 x 300",
    "SplitterGaveUp,     Maximum, GreaterThanThreshold, 0,   1 x 300",
    "ExportsOverdue,     Maximum, GreaterThanThreshold, 0,   1 x 3600",
    "OldestChunk,        Maximum, GreaterThanThreshold, 60,  1 x 300",
    "FinalizerSilent,    Sum,     LessThanThreshold,    1,   1 x 900",
    "SplitterErrors,     Sum,     GreaterThanThreshold, 0,   1 x 300",
    "WorkerErrors,       Average, GreaterThanThreshold, 0.1, 1 x 900",
    "FinalizerErrors,    Average, GreaterThanThreshold, 0.5, 1 x 900",
    "SplitterThrottles,  Sum,     GreaterThanThreshold, 0,   3 x 300",
    "WorkerThrottles,    Sum,     GreaterThanThreshold, 0,   3 x 300",
    "FinalizerThrottles, Sum,     GreaterThanThreshold, 0,   3 x 300",
  })
  void rings(String alarm, String statistic, String comparison, String threshold, String periods) {
    JsonNode properties = template.properties(alarm);
    JsonNode metric = properties.at("/Metrics/1/MetricStat");

    assertThat(properties.path("ComparisonOperator").asText()).isEqualTo(comparison);
    assertThat(properties.path("Threshold").asText()).isEqualTo(threshold);
    assertThat(metric.path("Stat").asText(properties.path("Statistic").asText()))
        .isEqualTo(statistic);
    assertThat(
            "%s x %s"
                .formatted(
                    properties.path("EvaluationPeriods").asText(),
                    metric.path("Period").asText(properties.path("Period").asText())))
        .isEqualTo(periods);
    assertThat(properties.path("TreatMissingData").asText())
        .as("only a finalizer that does not run leaves nothing")
        .isEqualTo(alarm.equals("FinalizerSilent") ? "breaching" : "notBreaching");
  }

  @Test
  void alarmsSayWhatTheyMeanAndTellTheTopic() {
    Map<String, JsonNode> alarms = template.ofType(ALARM);

    assertThat(alarms).hasSize(15);
    alarms.forEach(
        (id, alarm) -> {
          assertThat(alarm.path("AlarmName").asText()).isEqualTo("tapline-" + id);
          assertThat(alarm.path("AlarmDescription").asText())
              .as(id)
              .endsWith(" See \"Alarms\" in docs/operations.md.");
          assertThat(Template.texts(alarm.path("AlarmActions"))).as(id).containsExactly(TOPIC);
          if (alarm.has("OKActions")) {
            assertThat(Template.texts(alarm.path("OKActions"))).as(id).containsExactly(TOPIC);
          }
        });
  }

  @Test
  void alarmsLookAtWhatThereIs() {
    template
        .ofType(ALARM)
        .forEach((id, alarm) -> assertThat(isThere(watched(alarm))).as(id).isTrue());
  }

  @Test
  void dashboardShowsWhatThereIs() throws JsonProcessingException {
    Set<String> shown = new TreeSet<>();
    for (JsonNode widget : dashboard().path("widgets")) {
      assertThat(widget.path("properties").path("region").asText()).isEqualTo(Resolver.REGION);
      for (JsonNode metric : widget.path("properties").path("metrics")) {
        if (metric.path(0).isObject()) {
          Matcher search = SEARCH.matcher(metric.path(0).path("expression").asText());
          assertThat(search.matches()).as(metric.toString()).isTrue();
          shown.add(search.group("metric"));
        } else {
          Watched watched = watched(metric.valueStream().filter(JsonNode::isTextual).toList());
          assertThat(isThere(watched)).as(metric.toString()).isTrue();
          if (watched.namespace().equals(MetricLine.NAMESPACE)) {
            shown.add(watched.name());
          }
        }
      }
    }

    assertThat(shown).as("each metric of ours is shown").isEqualTo(new TreeSet<>(OURS));
  }

  @Test
  void widgetsDoNotOverlap() throws JsonProcessingException {
    Set<String> taken = new TreeSet<>();
    for (JsonNode widget : dashboard().path("widgets")) {
      int x = widget.path("x").asInt();
      int y = widget.path("y").asInt();
      assertThat(x + widget.path("width").asInt()).isLessThanOrEqualTo(24);
      for (int i = x; i < x + widget.path("width").asInt(); i++) {
        for (int j = y; j < y + widget.path("height").asInt(); j++) {
          assertThat(taken.add(i + "/" + j)).as(widget.toString()).isTrue();
        }
      }
    }
  }

  @Test
  void dashboardAndMailAreThereWhereTheyAreWanted() {
    assertThat(template.resources()).containsKey("Overview").doesNotContainKey("AlarmSubscription");
    Template other = template.with("Dashboard", "no").with("AlarmEmail", "ops@example.com");
    assertThat(other.resources()).containsKey("AlarmSubscription").doesNotContainKey("Overview");
    assertThat(other.properties("AlarmSubscription").path("Endpoint").asText())
        .isEqualTo("ops@example.com");
  }

  @Test
  void finishedJobIsToldInASentence() throws JsonProcessingException {
    JsonNode rule = template.properties("JobFinished");
    JsonNode transformer = rule.at("/Targets/0/InputTransformer");
    Set<String> named = new TreeSet<>();
    Pattern.compile("<(\\w+)>")
        .matcher(transformer.path("InputTemplate").asText())
        .results()
        .forEach(found -> named.add(found.group(1)));
    Map<String, String> paths = new TreeMap<>();
    transformer
        .path("InputPathsMap")
        .properties()
        .forEach(path -> paths.put(path.getKey(), path.getValue().asText()));

    assertThat(rule.path("EventPattern"))
        .hasToString(
            """
            {"source":["tapline"],"detail-type":["Tapline Job Finished"],\
            "detail":{"installation":["tapline"]}}\
            """);
    assertThat(rule.at("/Targets/0/Arn").asText()).isEqualTo(TOPIC);
    assertThat(named).isEqualTo(paths.keySet());
    JsonNode event = JSON.createObjectNode().set("detail", JSON.readTree(finished().toJson()));
    assertThat(paths)
        .allSatisfy(
            (name, path) ->
                assertThat(event.at(path.substring(1).replace('.', '/')).getNodeType())
                    .as(name)
                    .isIn(JsonNodeType.STRING, JsonNodeType.NUMBER));
    assertThat(transformer.path("InputTemplate").asText())
        .as("one text in quotes, as EventBridge wants it")
        .matches("\"[^\"\\n]+\"");
  }

  /** A mail that can't be sent would be lost otherwise. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "'', tapline-JobFinished",
    "their-exports, tapline-JobFinished tapline-ExportArrived",
  })
  void whatEventBridgeCantHandOverIsKept(String exportBucket, String rules) {
    Template with = template.with("ExistingExportBucket", exportBucket);
    JsonNode queue = with.properties("SplitterFailuresPolicy");

    assertThat(with.ofType("AWS::Events::Rule").values())
        .hasSize(rules.split(" ").length)
        .allSatisfy(
            rule ->
                assertThat(rule.at("/Targets/0/DeadLetterConfig/Arn").asText())
                    .endsWith(":tapline-splitter-failures"));
    JsonNode allow = queue.at("/PolicyDocument/Statement/1");
    assertThat(allow.at("/Principal/Service").asText()).isEqualTo("events.amazonaws.com");
    assertThat(allow.path("Action").asText()).isEqualTo("sqs:SendMessage");
    assertThat(Template.texts(allow.at("/Condition/ArnEquals/aws:SourceArn")))
        .extracting(arn -> arn.substring(arn.lastIndexOf('/') + 1))
        .containsExactly(rules.split(" "));
  }

  /** Of EventBridge there must be no condition: in the policy of a topic it supports none. */
  @Test
  void topicTakesWhatAlarmsAndEventsTell() {
    Map<String, JsonNode> allowed = new TreeMap<>();
    for (JsonNode statement :
        template.properties("NotificationsPolicy").at("/PolicyDocument/Statement")) {
      if (statement.path("Effect").asText().equals("Allow")) {
        allowed.put(statement.at("/Principal/Service").asText(), statement.path("Condition"));
      }
    }

    assertThat(allowed).containsOnlyKeys("cloudwatch.amazonaws.com", "events.amazonaws.com");
    assertThat(allowed.get("cloudwatch.amazonaws.com").toString()).contains("aws:SourceAccount");
    assertThat(allowed.get("events.amazonaws.com")).isEmpty();
  }

  private static JobFinished finished() {
    return new JobFinished(
        "tapline",
        "20261124T101500Z-0123456789abcdef",
        "vip",
        1,
        1,
        Report.Status.COMPLETED,
        new Report.Export("exports", "vip/1.csv", null, 42),
        Instant.EPOCH,
        Instant.EPOCH,
        0,
        new RowCounts(1, 1, 0, 0, 0, 0, 0),
        new Report.Calls(1, 0, 0),
        new Report.Chunks(1, 1, 0),
        null,
        null,
        List.of(),
        new JobFinished.Place("work", "report.json"),
        new JobFinished.Place("work", "report.html"),
        null);
  }

  private JsonNode dashboard() throws JsonProcessingException {
    return JSON.readTree(template.properties("Overview").path("DashboardBody").asText());
  }

  private static Watched watched(JsonNode alarm) {
    JsonNode metric = alarm.has("Metrics") ? alarm.at("/Metrics/1/MetricStat/Metric") : alarm;
    Map<String, String> dimensions = new TreeMap<>();
    for (JsonNode dimension : metric.path("Dimensions")) {
      dimensions.put(dimension.path("Name").asText(), dimension.path("Value").asText());
    }
    return new Watched(
        metric.path("Namespace").asText(), metric.path("MetricName").asText(), dimensions);
  }

  /** Of a dashboard: namespace, name, then names and values of dimensions. */
  private static Watched watched(List<JsonNode> metric) {
    Map<String, String> dimensions = new TreeMap<>();
    for (int i = 2; i < metric.size(); i += 2) {
      dimensions.put(metric.get(i).asText(), metric.get(i + 1).asText());
    }
    return new Watched(metric.get(0).asText(), metric.get(1).asText(), dimensions);
  }

  private boolean isThere(Watched metric) {
    if (metric.namespace().equals(MetricLine.NAMESPACE)) {
      return OURS.contains(metric.name())
          && metric.dimensions().equals(Map.of(MetricLine.INSTALLATION, installation()));
    }
    boolean isLambda = metric.namespace().equals("AWS/Lambda");
    Set<String> names =
        (isLambda ? template.ofType(Template.FUNCTION) : template.ofType("AWS::SQS::Queue"))
            .values().stream()
                .map(p -> p.path(isLambda ? "FunctionName" : "QueueName").asText())
                .collect(Collectors.toSet());
    String dimension = isLambda ? "FunctionName" : "QueueName";
    return THEIRS.getOrDefault(metric.namespace(), Set.of()).contains(metric.name())
        && metric.dimensions().keySet().equals(Set.of(dimension))
        && names.containsAll(metric.dimensions().values());
  }

  private String installation() {
    return template.environment("FinalizerFunction").get("TAPLINE_INSTALLATION");
  }
}
