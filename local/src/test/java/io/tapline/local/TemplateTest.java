package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an installation on AWS must say, because CleverTap or Treasure Data asks for it. */
class TemplateTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          every kind of new object: big ones come in parts      ; Events: s3:ObjectCreated:*
          an overwritten export is still there                  ; VersioningConfiguration: Status: Enabled
          no fewer calls at once than Lambda allows, no more than CleverTap; MinValue: 2 MaxValue: 15
          the cap of an account is over all syncs               ; MaximumConcurrency: !Ref AccountCap
          an invocation is one lane                             ; BatchSize: 1
          what no worker ended is dead after six hours and more ; deadLetterTargetArn: !GetAtt DeadLetterQueue.Arn # The visibility timeout grows to 5 minutes between tries: 100 of them outlast an outage of six hours. maxReceiveCount: 100
          the finalizer knows where the dead letters are        ; TAPLINE_DEAD_LETTER_QUEUE_URL: !Ref DeadLetterQueue
          and may take them                                     ; Action: - sqs:DeleteMessage - sqs:ReceiveMessage Resource: !GetAtt DeadLetterQueue.Arn
          parts of uploads that were broken off are taken away  ; AbortIncompleteMultipartUpload: DaysAfterInitiation: 7
          """)
  void says(String rule, String text) throws IOException {
    String template = Files.readString(Path.of("../template.yaml"));

    assertThat(template.replaceAll("\\s+", " ")).as(rule).contains(text);
  }
}
