package io.tapline.local.packed;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What the functions reach of the stack that the template makes: buckets, queues and secrets on
 * loopback under the names that they have on AWS. Public for the benchmarks.
 */
public final class PackedServices implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CHUNKS = "ChunkQueue";
  private static final String DEAD_LETTERS = "DeadLetterQueue";

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

  /**
   * Starts all.
   *
   * @param folder where the embedded S3 keeps its files; made when it is not there
   * @param addition put in front of the store of the embedded S3
   */
  public PackedServices(Path folder, UnaryOperator<BlobStore> addition) throws IOException {
    s3Folder = folder;
    embeddedS3 = EmbeddedS3.start(s3Folder, addition);
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

  /**
   * The variables of a function: what the template says, but for where queues are; and where the
   * services are.
   */
  public Map<String, String> environment(String function) {
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

  /** The template of the stack. */
  public Template template() {
    return template;
  }

  /** Where exports arrive. */
  public String exportBucket() {
    return template.environment("SplitterFunction").get("TAPLINE_EXPORT_BUCKET");
  }

  private String workBucket() {
    return template.environment("SplitterFunction").get("TAPLINE_WORK_BUCKET");
  }

  /** What holds connections. */
  public SecretServer secrets() {
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
  public static ObjectNode event(String file) throws IOException {
    return (ObjectNode) JSON.readTree(Template.project().resolve("events").resolve(file).toFile());
  }

  void putSync(String name, JsonNode sync) {
    putSync(name, sync.toString());
  }

  /** Puts the settings of a sync. */
  public void putSync(String name, String sync) {
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
  public String putExport(String key, byte[] content) {
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
  public static ObjectNode s3Event(String file, String key, String etag) throws IOException {
    ObjectNode event = event(file);
    if (event.has("Records")) {
      String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
      ((ObjectNode) event.at("/Records/0/s3/object")).put("key", encoded).put("eTag", etag);
    } else {
      ((ObjectNode) event.at("/detail/object")).put("key", key).put("etag", etag);
    }
    return event;
  }

  /** The next chunk's message; empty when none is visible. */
  public Optional<Message> receive() {
    return sqs
        .receiveMessage(
            request ->
                request
                    .queueUrl(queue(CHUNKS))
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages()
        .stream()
        .findFirst();
  }

  /** The event by which the worker gets a message. */
  public static ObjectNode sqsEvent(Message message) throws IOException {
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

  /** Acknowledges a message. */
  public void delete(Message message) {
    sqs.deleteMessage(
        request -> request.queueUrl(queue(CHUNKS)).receiptHandle(message.receiptHandle()));
  }

  private String queue(String logicalId) {
    return queueUrls.get(template.properties(logicalId).path("QueueName").asText());
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
    s3.close();
    sqs.close();
    events.close();
    lambda.close();
    secrets.close();
    embeddedSqs.close();
    embeddedS3.close();
  }
}
