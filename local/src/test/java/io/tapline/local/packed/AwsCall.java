package io.tapline.local.packed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A call that a function made to AWS. Public for the benchmarks.
 *
 * @param status of the HTTP response; 0 when there was none
 * @param fields what of the request names the resource, and how it asks for it
 */
public record AwsCall(String service, String operation, int status, Map<String, String> fields) {

  private static final String REGION_AND_ACCOUNT = "us-east-1:123456789012";

  /** Reads a line of {@link CallRecorder}. */
  static AwsCall parse(String line) {
    String[] parts = line.split("\t");
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 3; i < parts.length; i++) {
      String[] field = parts[i].split("=", 2);
      fields.put(field[0], field[1]);
    }
    return new AwsCall(parts[0], parts[1], Integer.parseInt(parts[2]), fields);
  }

  /**
   * What a role must allow for it.
   *
   * @throws IllegalArgumentException for an operation that no function is known to call
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html">S3's
   *     operations and the permissions that they need</a>
   */
  List<Permission> permissions() {
    return switch (service + " " + operation) {
      case "S3 HeadObject", "S3 GetObject" -> {
        String action = fields.containsKey("VersionId") ? "s3:GetObjectVersion" : "s3:GetObject";
        List<Permission> needed = new ArrayList<>(List.of(new Permission(action, object())));
        if (status == 404) {
          // Who may not list a bucket gets 403 in place of it.
          needed.add(new Permission("s3:ListBucket", bucket()));
        }
        yield needed;
      }
      case "S3 ListObjectsV2" -> List.of(new Permission("s3:ListBucket", bucket()));
      case "S3 PutObject",
          "S3 CreateMultipartUpload",
          "S3 UploadPart",
          "S3 CompleteMultipartUpload" ->
          List.of(new Permission("s3:PutObject", object()));
      case "S3 AbortMultipartUpload" ->
          List.of(new Permission("s3:AbortMultipartUpload", object()));
      case "S3 DeleteObject" -> List.of(new Permission("s3:DeleteObject", object()));
      case "Sqs SendMessageBatch" -> List.of(new Permission("sqs:SendMessage", queue()));
      case "Sqs ReceiveMessage", "Sqs DeleteMessage", "Sqs ChangeMessageVisibility" ->
          List.of(new Permission("sqs:" + operation, queue()));
      case "SecretsManager GetSecretValue" ->
          // Secrets Manager puts six characters of its own behind a secret's name.
          List.of(
              new Permission(
                  "secretsmanager:GetSecretValue",
                  arn("secretsmanager", "secret:" + fields.get("SecretId") + "-a1B2c3")));
      case "Ssm GetParameter" ->
          List.of(new Permission("ssm:GetParameter", arn("ssm", "parameter" + fields.get("Name"))));
      case "Lambda Invoke" ->
          List.of(new Permission("lambda:InvokeFunction", fields.get("FunctionName")));
      case "EventBridge PutEvents" ->
          List.of(
              new Permission(
                  "events:PutEvents",
                  arn("events", "event-bus/" + fields.getOrDefault("EventBusName", "default")),
                  Map.of(
                      "events:source", fields.get("Source"),
                      "events:detail-type", fields.get("DetailType"))));
      default -> throw new IllegalArgumentException("what does this need? " + this);
    };
  }

  private String bucket() {
    return "arn:aws:s3:::" + fields.get("Bucket");
  }

  private String object() {
    return bucket() + "/" + fields.get("Key");
  }

  private String queue() {
    String url = fields.get("QueueUrl");
    return arn("sqs", url.substring(url.lastIndexOf('/') + 1));
  }

  private static String arn(String service, String resource) {
    return "arn:aws:%s:%s:%s".formatted(service, REGION_AND_ACCOUNT, resource);
  }
}
