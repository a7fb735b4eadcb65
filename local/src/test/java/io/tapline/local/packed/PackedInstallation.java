package io.tapline.local.packed;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapline.aws.AwsClients;
import io.tapline.aws.Clock;
import io.tapline.aws.EventServer;
import io.tapline.aws.S3ObjectStore;
import io.tapline.ledger.Ledger;
import io.tapline.local.EmbeddedS3;
import io.tapline.local.EmbeddedSqs;
import io.tapline.local.template.Template;
import io.tapline.sync.SecretServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The stack that the template makes, as far as the functions see it: buckets, queues and secrets on
 * loopback under the names that they have on AWS, and the three functions from their jars.
 */
final class PackedInstallation implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CHUNKS = "ChunkQueue";
  private static final String DEAD_LETTERS = "DeadLetterQueue";
  private static final Path EVENTS = Path.of("..", "events");

  private final Template template = Template.read();
  private final Path s3Folder;
  private final EmbeddedS3 embeddedS3;
  private final EmbeddedSqs embeddedSqs = EmbeddedSqs.start();
  private final SecretServer secrets = new SecretServer();
  private final LambdaServer lambda = LambdaServer.start();
  private final EventServer events = new EventServer();
  private final S3Client s3;
  private final SqsClient sqs;
  private final Map<String, String> queueUrls = new HashMap<>();
  private final Map<String, PackedFunction> functions = new LinkedHashMap<>();

  /**
   * Starts everything.
   *
   * @param folder an empty one
   */
  PackedInstallation(Path folder) throws IOException {
    s3Folder = folder.resolve("s3");
    embeddedS3 = EmbeddedS3.start(s3Folder);
    AwsClients clients =
        AwsClients.at(embeddedS3.endpoint(), embeddedSqs.endpoint(), embeddedS3.credentials());
    s3 = clients.s3();
    sqs = clients.sqs();
    for (String bucket : List.of(exportBucket(), workBucket())) {
      s3.createBucket(request -> request.bucket(bucket));
    }
    template.ofType("AWS::SQS::Queue").values().stream()
        .filter(queue -> queue.path("FifoQueue").asBoolean())
        .forEach(this::createQueue);
    for (String function : List.of("Splitter", "Worker", "Finalizer")) {
      functions.put(
          function,
          PackedFunction.start(
              template,
              function + "Function",
              environment(function + "Function"),
              Files.createDirectory(folder.resolve(function))));
    }
  }

  private void createQueue(JsonNode queue) {
    String name = queue.path("QueueName").asText();
    queueUrls.put(
        name,
        sqs.createQueue(
                request ->
                    request
                        .queueName(name)
                        .attributes(
                            Map.of(
                                QueueAttributeName.FIFO_QUEUE,
                                "true",
                                QueueAttributeName.VISIBILITY_TIMEOUT,
                                queue.path("VisibilityTimeout").asText())))
            .queueUrl());
  }

  /** What the template says, but for where queues are; and where the services are. */
  private Map<String, String> environment(String function) {
    Map<String, String> environment = new HashMap<>(template.environment(function));
    environment.replaceAll(
        (name, value) ->
            queueUrls.getOrDefault(value.substring(value.lastIndexOf('/') + 1), value));
    environment.put("AWS_ENDPOINT_URL_S3", embeddedS3.endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_SQS", embeddedSqs.endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_LAMBDA", lambda.url().toString());
    environment.put("AWS_ENDPOINT_URL_EVENTBRIDGE", events.url().toString());
    environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.url().toString());
    environment.put("AWS_ENDPOINT_URL_SSM", secrets.url().toString());
    environment.put("AWS_REGION", EmbeddedSqs.REGION);
    environment.put("AWS_ACCESS_KEY_ID", embeddedS3.credentials().accessKeyId());
    environment.put("AWS_SECRET_ACCESS_KEY", embeddedS3.credentials().secretAccessKey());
    return environment;
  }

  Template template() {
    return template;
  }

  String exportBucket() {
    return template.environment("SplitterFunction").get("TAPLINE_EXPORT_BUCKET");
  }

  private String workBucket() {
    return template.environment("SplitterFunction").get("TAPLINE_WORK_BUCKET");
  }

  PackedFunction splitter() {
    return function("Splitter");
  }

  PackedFunction worker() {
    return function("Worker");
  }

  PackedFunction finalizer() {
    return function("Finalizer");
  }

  /** The function of this name, in the template's spelling or in ours. */
  PackedFunction function(String name) {
    return functions.get(Character.toUpperCase(name.charAt(0)) + name.substring(1));
  }

  SecretServer secrets() {
    return secrets;
  }

  EventServer events() {
    return events;
  }

  /** The ledger that the functions share. */
  Ledger ledger() {
    return new Ledger(new S3ObjectStore(s3, Clock.system()), workBucket());
  }

  /** A file of {@code events/}. */
  static ObjectNode event(String file) throws IOException {
    return (ObjectNode) JSON.readTree(EVENTS.resolve(file).toFile());
  }

  void putSync(String name, JsonNode sync) {
    putSync(name, sync.toString());
  }

  void putSync(String name, String sync) {
    putWork("syncs/" + name + ".json", sync.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts an object into the work bucket. */
  void putWork(String key, byte[] content) {
    put(workBucket(), key, content);
  }

  /** What an object of the work bucket holds. */
  byte[] getWork(String key) {
    return s3.getObjectAsBytes(request -> request.bucket(workBucket()).key(key)).asByteArray();
  }

  void deleteWork(String key) {
    s3.deleteObject(request -> request.bucket(workBucket()).key(key));
  }

  /**
   * Puts an export.
   *
   * @return its ETag
   */
  String putExport(String key, byte[] content) {
    return put(exportBucket(), key, content);
  }

  private String put(String bucket, String key, byte[] content) {
    return s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content))
        .eTag()
        .replace("\"", "");
  }

  /** Lets an export look as if it had been there for half an hour. */
  void ageExport(String key) throws IOException {
    age(exportBucket(), key);
  }

  /** As {@link #ageExport}, for an object of the work bucket. */
  void ageWork(String key) throws IOException {
    age(workBucket(), key);
  }

  private void age(String bucket, String key) throws IOException {
    Files.setLastModifiedTime(
        s3Folder.resolve(bucket).resolve(key),
        FileTime.from(Instant.now().minus(Duration.ofMinutes(30))));
  }

  /**
   * A sample event about another object: its key is form-encoded in S3's own notification and plain
   * in an event of EventBridge.
   */
  static ObjectNode s3Event(String file, String key, String etag) throws IOException {
    ObjectNode event = event(file);
    if (event.has("Records")) {
      String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
      ((ObjectNode) event.at("/Records/0/s3/object")).put("key", encoded).put("eTag", etag);
    } else {
      ((ObjectNode) event.at("/detail/object")).put("key", key).put("etag", etag);
    }
    return event;
  }

  /**
   * Plays the event source mapping until no message is visible: hands each to the worker, and
   * deletes those that it is through with.
   *
   * @return the messages that it wants again
   */
  List<Message> work() throws Exception {
    List<Message> again = new ArrayList<>();
    while (true) {
      List<Message> received =
          sqs.receiveMessage(
                  request ->
                      request
                          .queueUrl(queue(CHUNKS))
                          .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
              .messages();
      if (received.isEmpty()) {
        return again;
      }
      Message message = received.getFirst();
      if (worker().answer(sqsEvent(message)).path("batchItemFailures").isEmpty()) {
        delete(message);
      } else {
        again.add(message);
      }
    }
  }

  private static ObjectNode sqsEvent(Message message) throws IOException {
    ObjectNode event = event("sqs-chunk.json");
    ObjectNode sample = (ObjectNode) event.at("/Records/0");
    sample
        .put("messageId", message.messageId())
        .put("receiptHandle", message.receiptHandle())
        .put("body", message.body())
        .put("md5OfBody", message.md5OfBody())
        .set("attributes", JSON.valueToTree(message.attributesAsStrings()));
    return event;
  }

  /** Moves a message to the dead letters, as SQS does after too many receives. */
  void giveUp(Message message) {
    sqs.sendMessage(
        request ->
            request
                .queueUrl(queue(DEAD_LETTERS))
                .messageGroupId("dead")
                .messageDeduplicationId(message.messageId())
                .messageBody(message.body()));
    delete(message);
  }

  private void delete(Message message) {
    sqs.deleteMessage(
        request -> request.queueUrl(queue(CHUNKS)).receiptHandle(message.receiptHandle()));
  }

  private String queue(String logicalId) {
    return queueUrls.get(template.properties(logicalId).path("QueueName").asText());
  }

  /** The jobs that the finalizer closes when its schedule comes. */
  List<String> finish() throws Exception {
    return JSON.convertValue(
        finalizer().answer(event("schedule-finalizer.json")).path("closed"),
        new TypeReference<>() {});
  }

  /** What the splitter has sent to itself since the last time. */
  List<JsonNode> takeHandovers() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String event : lambda.takeInvocations()) {
      events.add(JSON.readTree(event));
    }
    return events;
  }

  @Override
  public void close() {
    functions.values().forEach(PackedFunction::close);
    s3.close();
    sqs.close();
    events.close();
    lambda.close();
    secrets.close();
    embeddedSqs.close();
    embeddedS3.close();
  }
}
