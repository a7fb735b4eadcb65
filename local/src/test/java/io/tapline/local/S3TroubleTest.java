package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.tapline.aws.AwsClients;
import io.tapline.aws.Clock;
import io.tapline.aws.S3ObjectStore;
import io.tapline.ledger.Ledger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** What is said where S3 does not answer as it should. */
class S3TroubleTest {

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      nullValues = "-",
      textBlock =
          """
          403 | AccessDenied | - | AWS refuses it to these credentials (AccessDenied); they need s3:ListBucket and s3:GetObject there. "aws sts get-caller-identity" tells whose they are
          404 | NoSuchBucket | - | there is no such bucket; the work bucket is what the stack's output WorkBucket names
          400 | InvalidBucketName | - | that is no name of a bucket; write s3://BUCKET, without a path
          403 | InvalidAccessKeyId | - | AWS does not know these credentials (InvalidAccessKeyId); correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE
          403 | SignatureDoesNotMatch | - | AWS does not know these credentials (SignatureDoesNotMatch); correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE
          400 | ExpiredToken | - | the AWS credentials have expired or are not whole (ExpiredToken); log in anew, or correct AWS_SESSION_TOKEN
          301 | PermanentRedirect | eu-west-1 | the bucket is in the region eu-west-1, and another one is set (PermanentRedirect); set AWS_REGION=eu-west-1
          301 | PermanentRedirect | - | the bucket is in another region than the one that is set (PermanentRedirect); set AWS_REGION to the bucket's
          400 | AuthorizationHeaderMalformed | eu-west-1 | the bucket is in the region eu-west-1, and another one is set (AuthorizationHeaderMalformed); set AWS_REGION=eu-west-1
          503 | SlowDown | - | S3 can't answer now (503 SlowDown); run the same command again
          405 | MethodNotAllowed | - | S3 answers 405 MethodNotAllowed: of MethodNotAllowed
          """)
  void saysWhatIsWrongAndWhatToDo(int status, String code, @Nullable String region, String words)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body =
              "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>of %s</Message></Error>"
                  .formatted(code, code)
                  .getBytes(UTF_8);
          if (region != null) {
            exchange.getResponseHeaders().add("x-amz-bucket-region", region);
          }
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      assertThat(trouble(server.getAddress().getPort())).isEqualTo("s3://bucket: " + words);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void saysThatNobodyAnswers() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    assertThat(trouble(port))
        .startsWith("s3://bucket: S3 can't be reached (")
        .contains("AWS_ENDPOINT_URL");
  }

  /** Asks as {@code report} does. */
  private static String trouble(int port) {
    URI endpoint = URI.create("http://127.0.0.1:" + port);
    AwsClients clients =
        AwsClients.at(endpoint, endpoint, AwsBasicCredentials.create("key", "secret"));
    Ledger ledger = new Ledger(new S3ObjectStore(clients.s3(), Clock.system()), "bucket");
    JobPlace place = new JobPlace("s3://bucket", ledger, null);

    UsageException trouble =
        catchThrowableOfType(UsageException.class, () -> place.ask(place::jobs));

    assertThat(trouble).isNotNull();
    return String.valueOf(trouble.getMessage());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          no credentials | us-east-1 | there are no AWS credentials; set AWS_PROFILE
          no region      |           | no AWS region is set; set AWS_REGION to the bucket's
          """)
  void saysWhatIsNotSet(String rule, @Nullable String region, String words, @TempDir Path home)
      throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_REGION", region == null ? "" : region);
    environment.put("AWS_DEFAULT_REGION", "");
    environment.put("AWS_ACCESS_KEY_ID", "");
    environment.put("AWS_SECRET_ACCESS_KEY", "");
    environment.put("AWS_PROFILE", "");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("AWS_CONFIG_FILE", home.resolve("none").toString());
    environment.put("AWS_SHARED_CREDENTIALS_FILE", home.resolve("none").toString());
    try (ChildCommand child =
        ChildCommand.tapline(home, environment, "report", "--work", "s3://bucket")) {
      assertThat(child.exitCode()).as(child.output()).isEqualTo(2);
      assertThat(child.output()).startsWith("s3://bucket: " + words).hasLineCount(1);
    }
  }
}
