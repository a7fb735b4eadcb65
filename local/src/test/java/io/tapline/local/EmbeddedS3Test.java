package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class EmbeddedS3Test {

  private static final String BUCKET = "work";

  @TempDir Path directory;
  private EmbeddedS3 server;
  private S3Client s3;

  @BeforeEach
  void start() throws IOException {
    server = EmbeddedS3.start(directory.resolve("s3"));
    s3 = client(server.endpoint(), server.credentials());
    if (s3.listBuckets().buckets().isEmpty()) {
      s3.createBucket(request -> request.bucket(BUCKET));
    }
  }

  @AfterEach
  void stop() {
    s3.close();
    server.close();
  }

  @Test
  void listensOnTheLoopbackInterfaceOnly() {
    assertThat(server.endpoint().getHost()).isEqualTo("127.0.0.1");
    assertThat(server.endpoint().getPort()).isPositive();
  }

  @Test
  void refusesCredentialsThatAreNotItsOwn() {
    try (S3Client stranger =
        client(server.endpoint(), AwsBasicCredentials.create("local", "guess"))) {
      assertThatThrownBy(() -> stranger.headBucket(request -> request.bucket(BUCKET)))
          .isInstanceOfSatisfying(S3Exception.class, hasStatus(403));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain/key.json",
        "with a space/a b.csv",
        "plus+sign/a+b.csv",
        "unicode/čeština-日本語-😀.csv",
        "percent/100%25.csv",
        "equals/day=2026-11-24/part&1.csv"
      })
  void keepsTheKeyAndTheBytes(String key) {
    put(key, "body of " + key);

    assertThat(get(key)).isEqualTo("body of " + key);
    assertThat(keys("")).containsExactly(key);
  }

  @Test
  void anEmptyObjectIsAnObject() {
    put("empty", "");

    assertThat(get("empty")).isEmpty();
    assertThat(head("empty").contentLength()).isZero();
  }

  @Test
  void aRangePinnedByItsETagIsReadWhileTheObjectStays() {
    put("export.csv", "0123456789");
    String etag = head("export.csv").eTag();
    GetObjectRequest range =
        GetObjectRequest.builder()
            .bucket(BUCKET)
            .key("export.csv")
            .range("bytes=3-5")
            .ifMatch(etag)
            .build();

    assertThat(s3.getObjectAsBytes(range).asUtf8String()).isEqualTo("345");

    put("export.csv", "overwritten");
    assertThatThrownBy(() -> s3.getObjectAsBytes(range))
        .isInstanceOfSatisfying(S3Exception.class, hasStatus(412));
  }

  @Test
  void aFileThatAPutIsWritingIsNoObject() throws Exception {
    put("runs/1/released/0", "{}");
    Path released = directory.resolve("s3").resolve(BUCKET).resolve("runs/1/released");
    Files.writeString(released.resolve("0-b4b109c0-694f-4876-9ca6-3a18887d27ec"), "half of i");

    assertThat(s3.listObjectsV2(request -> request.bucket(BUCKET).prefix("runs/1/")).contents())
        .extracting(S3Object::key)
        .containsExactly("runs/1/released/0");
  }

  @Test
  void aMissingKeyIsReportedAsOne() {
    assertThatThrownBy(() -> get("missing")).isInstanceOf(NoSuchKeyException.class);
    assertThatThrownBy(() -> head("missing")).isInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void putIfAbsentDoesNotOverwrite() {
    putIfAbsent("claims/1", "first");

    assertThatThrownBy(() -> putIfAbsent("claims/1", "second"))
        .isInstanceOfSatisfying(S3Exception.class, hasStatus(412));
    assertThat(get("claims/1")).isEqualTo("first");
  }

  @Test
  void ofTenParallelPutsIfAbsentOneWins() throws Exception {
    List<String> winners = new ArrayList<>();
    for (Future<String> attempt :
        inParallel(10, i -> () -> tryPutIfAbsent("race", "writer " + i))) {
      if (!attempt.get().isEmpty()) {
        winners.add(attempt.get());
      }
    }

    assertThat(winners).containsExactly(get("race"));
  }

  @Test
  void putsOfManyKeysInOneNewFolderAllSucceed() throws Exception {
    for (Future<String> attempt :
        inParallel(40, i -> () -> tryPutIfAbsent("jobs/new/folder/" + i, "writer " + i))) {
      assertThat(attempt.get()).startsWith("writer ");
    }

    assertThat(keys("jobs/new/folder/")).hasSize(40);
  }

  @Test
  void aPutBesideADeleteThatEmptiesTheFolderSucceeds() throws Exception {
    for (Future<String> attempt :
        inParallel(
            200,
            i ->
                () -> {
                  String key = "open/sync/job-" + i + "/1";
                  put(key, "marker " + i);
                  String body = get(key);
                  s3.deleteObject(request -> request.bucket(BUCKET).key(key));
                  return body;
                })) {
      assertThat(attempt.get()).startsWith("marker ");
    }

    assertThat(keys("open/")).isEmpty();
  }

  @Test
  void objectsOutliveARestart() throws IOException {
    put("jobs/a/job.json", "kept");
    HeadObjectResponse before = head("jobs/a/job.json");
    stop();
    start();

    HeadObjectResponse after = head("jobs/a/job.json");
    assertThat(get("jobs/a/job.json")).isEqualTo("kept");
    assertThat(after.eTag()).isEqualTo(before.eTag());
    assertThat(after.lastModified()).isEqualTo(before.lastModified());
    assertThat(after.versionId()).isNull();
  }

  @Test
  void aMultipartUploadIsOneObject() throws IOException {
    byte[] first = new byte[5 << 20];
    byte[] second = "tail".getBytes(StandardCharsets.UTF_8);
    String upload =
        s3.createMultipartUpload(request -> request.bucket(BUCKET).key("big")).uploadId();
    List<CompletedPart> parts = new ArrayList<>();
    for (byte[] part : List.of(first, second)) {
      int number = parts.size() + 1;
      String etag =
          s3.uploadPart(
                  request -> request.bucket(BUCKET).key("big").uploadId(upload).partNumber(number),
                  RequestBody.fromBytes(part))
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
    }
    s3.completeMultipartUpload(
        request ->
            request
                .bucket(BUCKET)
                .key("big")
                .uploadId(upload)
                .multipartUpload(completed -> completed.parts(parts)));

    HeadObjectResponse head = head("big");
    assertThat(head.contentLength()).isEqualTo(first.length + second.length);
    stop();
    start();
    assertThat(head("big").eTag()).isEqualTo(head.eTag());
    assertThat(keys("")).containsExactly("big");
  }

  @Test
  void aListingHasAPrefixAndGoesOnWhereItStopped() {
    for (int i = 0; i < 7; i++) {
      put("open/a/%d".formatted(i), "");
    }
    put("open/ab/0", "");
    put("jobs/0", "");

    ListObjectsV2Response page =
        s3.listObjectsV2(request -> request.bucket(BUCKET).prefix("open/a/").maxKeys(3));
    assertThat(page.isTruncated()).isTrue();
    assertThat(page.contents()).extracting(S3Object::key).endsWith("open/a/2");
    assertThat(
            s3.listObjectsV2Paginator(
                    request -> request.bucket(BUCKET).prefix("open/a/").maxKeys(3))
                .contents())
        .extracting(S3Object::key)
        .containsExactly(
            "open/a/0", "open/a/1", "open/a/2", "open/a/3", "open/a/4", "open/a/5", "open/a/6");
    assertThat(keys("open/a")).hasSize(8);
  }

  @Test
  void aListingOfTwoThousandKeysIsComplete() throws IOException {
    put("many/0000", "");
    Path folder = directory.resolve("s3").resolve(BUCKET).resolve("many");
    for (int i = 1; i < 2000; i++) {
      Files.createFile(folder.resolve("%04d".formatted(i)));
    }

    assertThat(keys("many/")).hasSize(2000).isSorted();
  }

  @Test
  void aDeletedObjectIsGoneAndItsKeyIsFree() {
    putIfAbsent("open/sync/job/1", "marker");
    s3.deleteObject(request -> request.bucket(BUCKET).key("open/sync/job/1"));
    s3.deleteObject(request -> request.bucket(BUCKET).key("never/there"));

    assertThat(keys("")).isEmpty();
    putIfAbsent("open/sync/job/1", "again");
    assertThat(get("open/sync/job/1")).isEqualTo("again");
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsAnError() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> EmbeddedS3.start(file)).isInstanceOf(IOException.class);
  }

  private static S3Client client(URI endpoint, AwsCredentials credentials) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .region(Region.US_EAST_1)
        .serviceConfiguration(
            configuration ->
                configuration.pathStyleAccessEnabled(true).chunkedEncodingEnabled(false))
        .httpClient(ApacheHttpClient.create())
        // A retry would hide what the server does wrong.
        .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  private void put(String key, String body) {
    s3.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString(body));
  }

  private void putIfAbsent(String key, String body) {
    s3.putObject(
        request -> request.bucket(BUCKET).key(key).ifNoneMatch("*"), RequestBody.fromString(body));
  }

  /** The body if this call wrote it, else "". */
  private String tryPutIfAbsent(String key, String body) {
    try {
      putIfAbsent(key, body);
      return body;
    } catch (S3Exception e) {
      assertThat(e.statusCode()).isIn(409, 412);
      return "";
    }
  }

  private String get(String key) {
    return s3.getObjectAsBytes(request -> request.bucket(BUCKET).key(key)).asUtf8String();
  }

  private HeadObjectResponse head(String key) {
    return s3.headObject(request -> request.bucket(BUCKET).key(key));
  }

  private List<String> keys(String prefix) {
    return s3
        .listObjectsV2Paginator(request -> request.bucket(BUCKET).prefix(prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  private static Consumer<S3Exception> hasStatus(int status) {
    return e -> assertThat(e.statusCode()).isEqualTo(status);
  }

  private static <T> List<Future<T>> inParallel(int tasks, IntFunction<Callable<T>> task)
      throws InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(10)) {
      List<Callable<T>> all = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        all.add(task.apply(i));
      }
      return threads.invokeAll(all);
    }
  }
}
