package io.tapline.local;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What is wrong where S3 does not do what it is asked for, and what to do. */
final class S3Trouble {

  private static final String REGION_HEADER = "x-amz-bucket-region";

  private S3Trouble() {}

  /**
   * Tells a failure of a command that uses a bucket.
   *
   * @param needs the actions that the command needs, for one whose credentials lack some
   */
  static UsageException of(String bucket, String needs, SdkException failure) {
    return new UsageException("s3://" + bucket + ": " + words(needs, failure));
  }

  private static String words(String needs, SdkException failure) {
    return failure instanceof S3Exception answer && answer.awsErrorDetails() != null
        ? answered(needs, answer)
        : unanswered(failure);
  }

  private static String answered(String needs, S3Exception answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    String code = String.valueOf(details.errorCode());
    Optional<String> region =
        details.sdkHttpResponse() == null
            ? Optional.empty()
            : details.sdkHttpResponse().firstMatchingHeader(REGION_HEADER);
    return switch (code) {
      case "NoSuchBucket" ->
          "there is no such bucket; the work bucket is what the stack's output WorkBucket names";
      case "InvalidBucketName" -> "that is no name of a bucket; write s3://BUCKET, without a path";
      case "AccessDenied", "AllAccessDisabled" ->
          "AWS refuses it to these credentials (%s); they need %s there. \"aws sts get-caller-identity\" tells whose they are"
              .formatted(code, needs);
      case "InvalidAccessKeyId", "SignatureDoesNotMatch" ->
          "AWS does not know these credentials (%s); correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE"
              .formatted(code);
      case "ExpiredToken", "InvalidToken", "TokenRefreshRequired" ->
          "the AWS credentials have expired or are not whole (%s); log in anew, or correct AWS_SESSION_TOKEN"
              .formatted(code);
      case "RequestTimeTooSkewed" ->
          "this machine's clock is wrong, AWS says (%s); set it".formatted(code);
      case "PermanentRedirect",
          "TemporaryRedirect",
          "Redirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException" ->
          otherRegion(code, region);
      default ->
          answer.statusCode() == 301
              ? otherRegion("301", region)
              : answer.statusCode() >= 500 || answer.statusCode() == 429
                  ? "S3 can't answer now (%d %s); run the same command again"
                      .formatted(answer.statusCode(), code)
                  : "S3 answers %d %s: %s"
                      .formatted(answer.statusCode(), code, details.errorMessage());
    };
  }

  private static String otherRegion(String code, Optional<String> region) {
    return region
        .map(
            name ->
                "the bucket is in the region %s, and another one is set (%s); set AWS_REGION=%s"
                    .formatted(name, code, name))
        .orElse(
            "the bucket is in another region than the one that is set (%s); set AWS_REGION to the bucket's"
                .formatted(code));
  }

  private static String unanswered(SdkException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("load credentials") || message.contains("Profile file contained no")) {
      return "there are no AWS credentials; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and"
          + " AWS_SECRET_ACCESS_KEY, or log in";
    }
    if (message.contains("load region")) {
      return "no AWS region is set; set AWS_REGION to the bucket's";
    }
    if (failure instanceof ApiCallTimeoutException
        || failure instanceof ApiCallAttemptTimeoutException) {
      return "S3 does not answer in time; look at the network, and run the same command again";
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException
          || cause instanceof ConnectException
          || cause instanceof NoRouteToHostException
          || cause instanceof SocketTimeoutException) {
        return "S3 can't be reached (%s); look at the network, and at AWS_ENDPOINT_URL if it is set"
            .formatted(cause.getMessage());
      }
    }
    return message;
  }
}
