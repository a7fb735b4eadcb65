package io.tapline.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where exports, the ledger and messages are, and how they are kept. */
class BucketsAndQueuesOfTemplateTest {

  private static final String KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd";
  private static final String THEIRS = "their-exports";

  private final Template template = Template.read();
  private final Template existing = template.with("ExistingExportBucket", THEIRS);

  @ParameterizedTest
  @ValueSource(strings = {"ExportBucket", "WorkBucket"})
  void bucketsOutliveTheStackAndAreClosed(String bucket) {
    JsonNode resource = template.resources().get(bucket);
    JsonNode properties = resource.path("Properties");

    assertThat(resource.path("DeletionPolicy").asText())
        .as("one that stayed would keep the stack from being created at the next try")
        .isEqualTo("RetainExceptOnCreate");
    assertThat(resource.path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
    assertThat(properties.path("PublicAccessBlockConfiguration"))
        .hasSize(4)
        .allMatch(JsonNode::asBoolean);
    assertThat(encryption(properties).path("SSEAlgorithm").asText()).isEqualTo("AES256");
    JsonNode policy = template.properties(bucket + "Policy");
    assertThat(policy.path("Bucket").asText()).isEqualTo(properties.path("BucketName").asText());
    assertThat(isTlsOnly(policy.path("PolicyDocument"))).isTrue();
  }

  @Test
  void claimsNeverExpire() {
    JsonNode bucket = template.properties("WorkBucket");
    Set<String> expiring = new TreeSet<>();
    for (JsonNode rule : bucket.path("LifecycleConfiguration").path("Rules")) {
      if (rule.has("AbortIncompleteMultipartUpload")) {
        assertThat(rule.path("Id").asText()).isEqualTo("broken-off-uploads");
      } else {
        assertThat(rule.has("Prefix")).as("a rule for all would be one for claims/").isTrue();
        expiring.add(rule.path("Prefix").asText());
      }
    }

    assertThat(expiring).containsExactly("jobs/");
    assertThat(bucket.has("VersioningConfiguration")).isFalse();
  }

  @Test
  void overwrittenExportIsStillThereForAWhile() {
    JsonNode bucket = template.properties("ExportBucket");
    JsonNode rules = bucket.path("LifecycleConfiguration").path("Rules");

    assertThat(bucket.path("VersioningConfiguration").path("Status").asText()).isEqualTo("Enabled");
    assertThat(rules.findValues("NoncurrentDays")).singleElement().hasToString("30");
    assertThat(rules.findValues("ExpirationInDays")).as("the exports themselves stay").isEmpty();
  }

  @Test
  void newBucketTellsTheSplitterOfEveryKindOfObject() {
    JsonNode notification =
        template.properties("ExportBucket").at("/NotificationConfiguration/LambdaConfigurations/0");
    JsonNode permission = template.properties("ExportBucketInvokesSplitter");

    assertThat(notification.path("Event").asText()).isEqualTo("s3:ObjectCreated:*");
    assertThat(notification.path("Function").asText())
        .isEqualTo("arn:aws:lambda:us-east-1:123456789012:function:tapline-splitter");
    assertThat(notification.has("Filter")).isFalse();
    assertThat(permission.path("SourceArn").asText())
        .isEqualTo(
            "arn:aws:s3:::" + template.properties("ExportBucket").path("BucketName").asText());
    assertThat(permission.path("SourceAccount").asText()).isEqualTo(Resolver.ACCOUNT);
    assertThat(template.resources()).doesNotContainKeys("ExportArrived", "RuleInvokesSplitter");
  }

  @Test
  void existingBucketTellsItByEventBridge() {
    JsonNode rule = existing.properties("ExportArrived");

    assertThat(rule.path("EventPattern"))
        .hasToString(
            """
            {"source":["aws.s3"],"detail-type":["Object Created"],\
            "detail":{"bucket":{"name":["their-exports"]}}}\
            """);
    assertThat(rule.at("/Targets/0/Arn").asText()).endsWith(":function:tapline-splitter");
    assertThat(rule.at("/Targets/0/DeadLetterConfig/Arn").asText())
        .endsWith(":tapline-splitter-failures");
    assertThat(rule.at("/Targets/0/RetryPolicy")).hasSize(2);
    assertThat(existing.resources())
        .doesNotContainKeys("ExportBucket", "ExportBucketPolicy", "ExportBucketInvokesSplitter");
    assertThat(existing.environment("SplitterFunction"))
        .containsEntry("TAPLINE_EXPORT_BUCKET", THEIRS);
  }

  @Test
  void prefixLimitsWhatIsToldAndRead() {
    Template ours = template.with("ExportPrefix", "td/");
    Template theirs = existing.with("ExportPrefix", "td/");

    assertThat(ours.properties("ExportBucket").findValue("Filter"))
        .hasToString("{\"S3Key\":{\"Rules\":[{\"Name\":\"prefix\",\"Value\":\"td/\"}]}}");
    assertThat(theirs.properties("ExportArrived").at("/EventPattern/detail/object"))
        .hasToString("{\"key\":[{\"prefix\":\"td/\"}]}");
    assertThat(statement(ours, "ReadExports").resources())
        .containsExactly("arn:aws:s3:::tapline-exports-123456789012/td/*");
    assertThat(statement(theirs, "ReadExports").resources())
        .containsExactly("arn:aws:s3:::their-exports/td/*");
    assertThat(statement(theirs, "FindExports").resources())
        .containsExactly("arn:aws:s3:::their-exports");
  }

  @Test
  void exportsMayHaveAKeyOfTheirOwn() {
    Template keyed = template.with("ExportKmsKeyArn", KEY);

    Statement decrypt = statement(keyed, "DecryptExports");
    assertThat(decrypt.actions()).containsExactly("kms:Decrypt");
    assertThat(decrypt.resources()).containsExactly(KEY);
    assertThat(decrypt.condition().toString()).contains("\"kms:ViaService\":\"s3.us-east-1.");
    JsonNode encryption = encryption(keyed.properties("ExportBucket"));
    assertThat(encryption.path("SSEAlgorithm").asText()).isEqualTo("aws:kms");
    assertThat(encryption.path("KMSMasterKeyID").asText()).isEqualTo(KEY);
    assertThat(template.roleStatements("SplitterRole"))
        .noneMatch(s -> s.actions().contains("kms:Decrypt"));
  }

  @Test
  void eachQueueIsEncryptedKeptAndHasDeadLettersOrIsOne() {
    Set<String> ends = new TreeSet<>();
    for (JsonNode resource : existing.resources().values()) {
      resource.findValues("deadLetterTargetArn").forEach(arn -> ends.add(arn.asText()));
      for (String end : List.of("OnFailure", "DeadLetterConfig")) {
        resource.findValues(end).forEach(to -> ends.add(to.elements().next().asText()));
        resource.findValues(end).forEach(to -> ends.add(to.path("Destination").asText()));
      }
    }
    Map<String, JsonNode> queues = existing.ofType("AWS::SQS::Queue");

    assertThat(queues.keySet())
        .containsExactly("ChunkQueue", "DeadLetterQueue", "SplitterFailures");
    queues.forEach(
        (id, queue) -> {
          String arn = "arn:aws:sqs:us-east-1:123456789012:" + queue.path("QueueName").asText();
          assertThat(queue.path("SqsManagedSseEnabled").asBoolean()).as(id).isTrue();
          assertThat(queue.path("MessageRetentionPeriod").asInt()).as(id).isEqualTo(14 * 86400);
          assertThat(queue.has("RedrivePolicy") || ends.contains(arn)).as(id).isTrue();
          assertThat(isTlsOnly(existing.properties(id + "Policy").path("PolicyDocument")))
              .as(id)
              .isTrue();
        });
  }

  @Test
  void fifoHasAFifoForItsDeadAndNoBatchingWindow() {
    Map<String, JsonNode> queues = template.ofType("AWS::SQS::Queue");
    List<String> fifos = new ArrayList<>();
    queues.forEach(
        (id, queue) -> {
          String name = queue.path("QueueName").asText();
          assertThat(queue.path("FifoQueue").asBoolean()).as(id).isEqualTo(name.endsWith(".fifo"));
          if (name.endsWith(".fifo")) {
            fifos.add("arn:aws:sqs:us-east-1:123456789012:" + name);
            assertThat(queue.has("DelaySeconds")).as(id).isFalse();
          }
        });

    assertThat(fifos)
        .contains(
            queues.get("ChunkQueue").path("RedrivePolicy").path("deadLetterTargetArn").asText());
    for (JsonNode function : template.ofType(Template.FUNCTION).values()) {
      for (JsonNode event : function.path("Events")) {
        if (event.path("Type").asText().equals("SQS")) {
          assertThat(fifos).contains(event.path("Properties").path("Queue").asText());
          assertThat(event.path("Properties").has("MaximumBatchingWindowInSeconds")).isFalse();
        }
      }
    }
  }

  @Test
  void whatTheSplitterGivesUpIsKept() {
    JsonNode invoke = template.properties("SplitterFunction").path("EventInvokeConfig");

    assertThat(invoke.at("/DestinationConfig/OnFailure/Destination").asText())
        .endsWith(":tapline-splitter-failures");
    assertThat(invoke.path("MaximumRetryAttempts").asInt()).isEqualTo(2);
    assertThat(statement(template, "TellOfFailures").resources())
        .containsExactly("arn:aws:sqs:us-east-1:123456789012:tapline-splitter-failures");
    assertThat(template.properties("SplitterFunction").path("RecursiveLoop").asText())
        .as("it starts itself again")
        .isEqualTo("Allow");
  }

  private static JsonNode encryption(JsonNode bucket) {
    return bucket.at(
        "/BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault");
  }

  private static boolean isTlsOnly(JsonNode policy) {
    return policy
        .path("Statement")
        .valueStream()
        .anyMatch(
            statement ->
                statement.path("Effect").asText().equals("Deny")
                    && statement
                        .at("/Condition/Bool/aws:SecureTransport")
                        .asText()
                        .equals("false"));
  }

  private static Statement statement(Template template, String sid) {
    return template.roleStatements("SplitterRole").stream()
        .filter(s -> s.sid().equals(sid))
        .findFirst()
        .orElseThrow();
  }
}
