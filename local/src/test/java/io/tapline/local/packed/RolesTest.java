package io.tapline.local.packed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.job.JobFinished;
import io.tapline.local.template.Template;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the roles of the template against the list of all that the functions change out there,
 * which the fault harness keeps complete. What {@link PackedFunctionsTest} has recorded is held
 * against them there.
 */
class RolesTest {

  private static final String KEY_ARN =
      "arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
  private static final String WORK = "arn:aws:s3:::tapline-work-123456789012/";
  private static final String CHUNKS = "arn:aws:sqs:us-east-1:123456789012:tapline-chunks.fifo";
  private static final String DEAD_LETTERS =
      "arn:aws:sqs:us-east-1:123456789012:tapline-chunks-dead-letter.fifo";

  private final Template template = Template.read();

  static Stream<String> steps() throws IOException {
    try (InputStream list =
        Objects.requireNonNull(
            RolesTest.class.getResourceAsStream("/io/tapline/local/chaos/crash-points.txt"))) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" +", 3)[2]);
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  void eachStepIsAllowed(String step) {
    String function = step.substring(0, step.indexOf(':'));

    assertThat(permissions(step.substring(function.length() + 2)))
        .allMatch(Role.of(template, function)::allows);
  }

  /**
   * What a role must allow for a step.
   *
   * @param step such as {@code put once jobs/runs/*}{@code /outcomes/*.json}
   */
  private static List<Permission> permissions(String step) {
    String verb = step.replaceFirst(" ?\\S*[/*]\\S*$", "");
    String object = WORK + key(step.substring(verb.length()).strip());
    return switch (verb) {
      case "put", "put once" -> List.of(new Permission("s3:PutObject", object));
      case "upload" ->
          List.of(
              new Permission("s3:PutObject", object),
              new Permission("s3:AbortMultipartUpload", object));
      case "delete" -> List.of(new Permission("s3:DeleteObject", object));
      case "send" -> List.of(new Permission("sqs:SendMessage", CHUNKS));
      case "hide" -> List.of(new Permission("sqs:ChangeMessageVisibility", CHUNKS));
      case "discard" -> List.of(new Permission("sqs:DeleteMessage", DEAD_LETTERS));
      case "invoke" ->
          List.of(
              new Permission(
                  "lambda:InvokeFunction",
                  "arn:aws:lambda:us-east-1:123456789012:function:tapline-splitter"));
      case "announce" ->
          List.of(
              new Permission(
                  "events:PutEvents",
                  "arn:aws:events:us-east-1:123456789012:event-bus/default",
                  Map.of(
                      "events:source", "tapline", "events:detail-type", JobFinished.DETAIL_TYPE)));
      // To CleverTap, which asks for no permission of AWS.
      case "post", "put list" -> List.of();
      default -> throw new IllegalArgumentException("what does this need? " + step);
    };
  }

  /** A key as the ledger makes it, from one without the sync and the job. */
  private static String key(String place) {
    return place
        .replaceFirst("^(jobs|open)/", "$1/profiles/20261124T101500Z-0123456789abcdef/")
        .replaceFirst("^types/", "types/profiles/")
        .replace("*", "1");
  }

  @Test
  void aKeyOfExportsIsAllowedToDecryptAndNothingElse() {
    List<Role.Grant> more =
        Role.of(template.with("ExportKmsKeyArn", KEY_ARN), "splitter").grants().stream()
            .filter(grant -> !Role.of(template, "splitter").grants().contains(grant))
            .toList();

    assertThat(more)
        .singleElement()
        .matches(grant -> UsedByLambda.covers("splitter", grant))
        .matches(grant -> grant.resource().equals(KEY_ARN))
        .matches(grant -> grant.condition().containsKey("kms:ViaService"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"splitter", "worker", "finalizer"})
  void anExistingBucketIsAllowedNoMoreThanANewOne(String function) {
    Template existing = template.with("ExistingExportBucket", "tapline-exports-123456789012");

    assertThat(Role.of(existing, function)).isEqualTo(Role.of(template, function));
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:s3:::b/jobs/*,        arn:aws:s3:::b/jobs/a/b.json,      true",
    "arn:aws:s3:::b/jobs/*/runs/*, arn:aws:s3:::b/jobs/a/b/runs/1/x,  true",
    "arn:aws:s3:::b/jobs/*/runs/*, arn:aws:s3:::b/jobs/a/b/job.json,  false",
    "arn:aws:s3:::b/jobs/*,        arn:aws:s3:::b/jobs,               false",
    "arn:aws:s3:::b/v?.json,       arn:aws:s3:::b/v1.json,            true",
    "arn:aws:s3:::b/v?.json,       arn:aws:s3:::b/v1xjson,            false",
    "*,                            arn:aws:s3:::b,                    true",
  })
  void matchesAsIamDoes(String pattern, String arn, boolean matches) {
    assertThat(Role.matches(pattern, arn)).isEqualTo(matches);
  }
}
