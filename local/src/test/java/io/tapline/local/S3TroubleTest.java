package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tapline.aws.AwsClients;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** What S3 answers, and what a person reads of it. */
class S3TroubleTest {

  private static final String PLACE = "s3://my-work";

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          403 | AccessDenied          | Access Denied | access is denied; choose other credentials with AWS_PROFILE, or let the owner of the bucket allow these
          403 | AccessDenied          | User: arn:aws:iam::1:user/x is not authorized to perform: s3:ListBucket on resource: y | access is denied; these credentials lack the permission s3:ListBucket: choose others with AWS_PROFILE, or let the owner of the bucket grant it
          403 | InvalidAccessKeyId    | AKIASECRET    | AWS does not know the access key; correct AWS_ACCESS_KEY_ID, or choose another AWS_PROFILE
          403 | SignatureDoesNotMatch | AKIASECRET    | the secret key does not belong to the access key; correct AWS_SECRET_ACCESS_KEY, or choose another AWS_PROFILE
          400 | ExpiredToken          | expired       | the session of the AWS credentials is over; log in anew, or set fresh credentials
          403 | RequestTimeTooSkewed  | skewed        | the clock of this machine is over 15 minutes off; set it right
          404 | NoSuchBucket          | none          | there is no such bucket; correct its name (the output WorkBucket of the stack tells it), or choose the AWS_PROFILE of its account
          400 | InvalidBucketName     | bad           | that is no name of a bucket; correct it
          301 | PermanentRedirect     | elsewhere     | the bucket is in the region eu-west-3; set AWS_REGION=eu-west-3
          400 | AuthorizationHeaderMalformed | elsewhere | the bucket is in the region eu-west-3; set AWS_REGION=eu-west-3
          501 | NotImplemented        | not here      | it answered HTTP 501 (NotImplemented); run the same command again in a few minutes
          418 | Teapot                | AKIASECRET    | it answered HTTP 418 (Teapot); see whether the endpoint, the region and the credentials are those of this installation
          """)
  void tellsAnError(int status, String code, String words, String told) throws IOException {
    String body = "<Error><Code>%s</Code><Message>%s</Message></Error>".formatted(code, words);

    assertThat(told(status, body, s3 -> s3.listObjectsV2(request -> request.bucket("my-work"))))
        .isEqualTo(PLACE + " can't be used: " + told);
  }

  /** An answer to HEAD has no body that could hold a code. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          403 | access is denied; choose other credentials with AWS_PROFILE, or let the owner of the bucket allow these
          404 | there is no such bucket; correct its name (the output WorkBucket of the stack tells it), or choose the AWS_PROFILE of its account
          301 | the bucket is in the region eu-west-3; set AWS_REGION=eu-west-3
          400 | the bucket is in the region eu-west-3; set AWS_REGION=eu-west-3
          """)
  void tellsAStatus(int status, String told) throws IOException {
    assertThat(told(status, "", s3 -> s3.headBucket(request -> request.bucket("my-work"))))
        .isEqualTo(PLACE + " can't be used: " + told);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://127.0.0.1:1        | nothing listens there; start the service, or correct AWS_ENDPOINT_URL
          http://no-such.invalid    | there is no host no-such.invalid; correct AWS_REGION or AWS_ENDPOINT_URL, or see whether the network is there
          """)
  void tellsThatThereIsNoAnswer(URI endpoint, String told) {
    assertThat(told(endpoint, s3 -> s3.headBucket(request -> request.bucket("my-work"))))
        .isEqualTo(PLACE + " can't be used: " + told);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Unable to load region from any of the providers in the chain X@1: [a, b] | no AWS region is set; set AWS_REGION
          Unable to load credentials from any of the providers in the chain X(y=[z]) | no AWS credentials are found; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
          To use Sso related properties in the 'x' profile, the 'sso' service module must be on the class path. | the AWS profile is one of SSO; run eval "$(aws configure export-credentials --format env)" first
          anything else: [a, b] | the request could not be made; set TAPLINE_DEBUG=1 to see why
          """)
  void tellsWhatTheSdkMisses(String words, String told) {
    assertThat(S3Trouble.of(SdkClientException.create(words), PLACE))
        .isEqualTo(PLACE + " can't be used: " + told);
  }

  private interface Call {
    void make(S3Client s3);
  }

  private static String told(int status, String body, Call call) throws IOException {
    try (S3Errors s3 = S3Errors.start(status, body)) {
      return told(s3.uri(), call);
    }
  }

  private static String told(URI endpoint, Call call) {
    try (S3Client s3 = AwsClients.at(endpoint, endpoint, EmbeddedS3.ownCredentials()).s3()) {
      return S3Trouble.of(catchThrowableOfType(SdkException.class, () -> call.make(s3)), PLACE);
    }
  }
}
