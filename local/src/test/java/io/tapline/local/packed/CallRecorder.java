package io.tapline.local.packed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Writes down each call that a packed function makes to AWS, as {@link AwsCall} reads it. The SDK
 * in the function's JVM finds it as a global interceptor. It uses nothing but the SDK and the JDK:
 * nothing else of the tests is there.
 */
public final class CallRecorder implements ExecutionInterceptor {

  /** The system property that names the file. */
  static final String FILE = "tapline.calls";

  /**
   * What of a request says to which resource it goes, what roles put conditions on, and what the
   * benchmarks need to make it again.
   */
  private static final List<String> FIELDS =
      List.of(
          "Bucket",
          "Key",
          "VersionId",
          "Prefix",
          "Delimiter",
          "StartAfter",
          "IfNoneMatch",
          "Range",
          "QueueUrl",
          "SecretId",
          "Name",
          "FunctionName",
          "EventBusName",
          "Source",
          "DetailType");

  /** What the SDK calls. */
  public CallRecorder() {}

  /** The embedded S3 keeps no versions, and refuses to look for one. */
  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    return context.httpRequest().copy(request -> request.removeQueryParameter("versionId"));
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    record(context.request(), attributes, context.httpResponse().statusCode());
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    int status =
        context.exception() instanceof AwsServiceException answered ? answered.statusCode() : 0;
    record(context.request(), attributes, status);
  }

  private static synchronized void record(
      SdkRequest request, ExecutionAttributes attributes, int status) {
    StringBuilder line = new StringBuilder();
    line.append(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME))
        .append('\t')
        .append(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME))
        .append('\t')
        .append(status);
    append(line, request);
    List<?> entries = request.getValueForField("Entries", List.class).orElse(List.of());
    entries.forEach(entry -> append(line, (SdkPojo) entry));
    try {
      Files.writeString(
          Path.of(System.getProperty(FILE)),
          line.append('\n'),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void append(StringBuilder line, SdkPojo part) {
    for (SdkField<?> field : part.sdkFields()) {
      Object value = field.getValueOrDefault(part);
      if (value != null && FIELDS.contains(field.memberName())) {
        line.append('\t').append(field.memberName()).append('=').append(value);
      }
    }
  }
}
