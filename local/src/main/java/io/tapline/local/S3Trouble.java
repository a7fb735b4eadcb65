package io.tapline.local;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What a failure of S3 or SQS means to a person, in place of the SDK's words, which name classes
 * and say nothing of what to do.
 */
final class S3Trouble {

  /** The header by which S3 says where a bucket lies that was looked for elsewhere. */
  private static final String BUCKET_REGION = "x-amz-bucket-region";

  private static final Pattern DENIED_ACTION =
      Pattern.compile("not authorized to perform: (?<action>[a-z0-9]+:[A-Za-z]+)");

  private static final Pattern SSO = Pattern.compile("\\bsso\\b", Pattern.CASE_INSENSITIVE);

  private S3Trouble() {}

  /**
   * What is wrong and what to do, in one line.
   *
   * @param place what could not be used, as a person names it, such as {@code s3://my-bucket}
   */
  static String of(SdkException failure, String place) {
    return of(failure, place, "");
  }

  /**
   * The same of a bucket that a command was told to use.
   *
   * @param needs the actions that the command needs there, for credentials that lack some
   */
  static UsageException ofBucket(String bucket, String needs, SdkException failure) {
    return new UsageException(of(failure, "s3://" + bucket, needs));
  }

  private static String of(SdkException failure, String place, String needs) {
    return place + " can't be used: " + reason(failure, needs);
  }

  /** The same of the embedded services: what fails there is the disk. */
  static String ofWorkFolder(SdkException failure) {
    String reason =
        failure instanceof AwsServiceException answer
            ? "its S3 or SQS answered HTTP %d; see whether its disk is full, and who may write to it"
                .formatted(answer.statusCode())
            : ofNoAnswer(failure);
    return "the work folder can't be used: " + reason;
  }

  private static String reason(SdkException failure, String needs) {
    return failure instanceof AwsServiceException answer
        ? ofAnswer(answer, needs)
        : ofNoAnswer(failure);
  }

  private static String ofAnswer(AwsServiceException answer, String needs) {
    String code = errorCode(answer);
    return switch (code) {
      case "AccessDenied", "AccessDeniedException", "AllAccessDisabled" -> denied(answer, needs);
      case "InvalidAccessKeyId", "InvalidClientTokenId", "UnrecognizedClientException" ->
          "AWS does not know the access key; correct AWS_ACCESS_KEY_ID, or choose another"
              + " AWS_PROFILE";
      case "SignatureDoesNotMatch" ->
          "the secret key does not belong to the access key; correct AWS_SECRET_ACCESS_KEY, or"
              + " choose another AWS_PROFILE";
      case "ExpiredToken", "ExpiredTokenException", "InvalidToken", "TokenRefreshRequired" ->
          "the session of the AWS credentials is over; log in anew, or set fresh credentials";
      case "RequestTimeTooSkewed" ->
          "the clock of this machine is over 15 minutes off; set it right";
      case "NoSuchBucket" -> noBucket();
      case "InvalidBucketName" -> "that is no name of a bucket; correct it";
      case "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException" ->
          otherRegion(answer);
      default -> ofStatus(answer, code, needs);
    };
  }

  /** An answer to HEAD has no body, and so no code but its status. */
  private static String ofStatus(AwsServiceException answer, String code, String needs) {
    int status = answer.statusCode();
    if (status == 301 || status == 307 || (status == 400 && bucketRegion(answer).isPresent())) {
      return otherRegion(answer);
    }
    return switch (status) {
      case 403 -> denied(answer, needs);
      case 404 -> noBucket();
      case 429, 503 -> "it is busy (HTTP %d); run the same command again".formatted(status);
      default ->
          "it answered HTTP %d%s; %s"
              .formatted(
                  status,
                  code.isEmpty() ? "" : " (" + code + ")",
                  status >= 500
                      ? "run the same command again in a few minutes"
                      : "see whether the endpoint, the region and the credentials are those of"
                          + " this installation");
    };
  }

  private static String denied(AwsServiceException answer, String needs) {
    String lacking =
        details(answer)
            .map(AwsErrorDetails::errorMessage)
            .map(DENIED_ACTION::matcher)
            .filter(Matcher::find)
            .map(found -> found.group("action"))
            .orElse(needs);
    return lacking.isEmpty()
        ? "access is denied; choose other credentials with AWS_PROFILE, or let the owner of the"
            + " bucket allow these"
        : "access is denied; these credentials lack the permission %s: choose others with AWS_PROFILE, or let the owner of the bucket grant it"
            .formatted(lacking);
  }

  private static String noBucket() {
    return "there is no such bucket; correct its name (the output WorkBucket of the stack tells"
        + " it), or choose the AWS_PROFILE of its account";
  }

  private static String otherRegion(AwsServiceException answer) {
    return bucketRegion(answer)
        .map(region -> "the bucket is in the region %s; set AWS_REGION=%<s".formatted(region))
        .orElse("the bucket is in another region; set AWS_REGION to that one");
  }

  private static Optional<String> bucketRegion(AwsServiceException answer) {
    return details(answer)
        .map(AwsErrorDetails::sdkHttpResponse)
        .flatMap(response -> response.firstMatchingHeader(BUCKET_REGION));
  }

  private static String errorCode(AwsServiceException answer) {
    return details(answer).map(AwsErrorDetails::errorCode).orElse("");
  }

  private static Optional<AwsErrorDetails> details(AwsServiceException answer) {
    return Optional.ofNullable(answer.awsErrorDetails());
  }

  private static String ofNoAnswer(SdkException failure) {
    if (failure instanceof ApiCallTimeoutException
        || failure instanceof ApiCallAttemptTimeoutException) {
      return noAnswer();
    }
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnknownHostException e -> {
          return "there is no host %s; correct AWS_REGION or AWS_ENDPOINT_URL, or see whether the network is there"
              .formatted(e.getMessage());
        }
        case ConnectException e -> {
          return "nothing listens there; start the service, or correct AWS_ENDPOINT_URL";
        }
        case SocketTimeoutException e -> {
          return noAnswer();
        }
        case SSLException e -> {
          return "no secure connection can be made; correct AWS_ENDPOINT_URL (http or https), or"
              + " see whether a proxy is in the way";
        }
        default -> {
          // the cause of this one may say more
        }
      }
    }
    return ofSetup(Objects.toString(failure.getMessage(), ""));
  }

  private static String noAnswer() {
    return "it does not answer; see whether a proxy or a firewall is in the way";
  }

  /** Of what the SDK misses before it makes a request there are only its words. */
  private static String ofSetup(String words) {
    if (words.contains("Unable to load region")) {
      return "no AWS region is set; set AWS_REGION";
    }
    if (SSO.matcher(words).find()) {
      return "the AWS profile is one of SSO; run eval \"$(aws configure export-credentials"
          + " --format env)\" first";
    }
    if (words.contains("Unable to load credentials")) {
      return "no AWS credentials are found; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and"
          + " AWS_SECRET_ACCESS_KEY";
    }
    return "the request could not be made; set TAPLINE_DEBUG=1 to see why";
  }
}
