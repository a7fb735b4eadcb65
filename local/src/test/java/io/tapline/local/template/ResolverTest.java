package io.tapline.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolverTest {

  private static final String TEMPLATE =
      """
      Parameters:
        Prefix: {Type: String, Default: tap}
        Wanted: {Type: String, Default: ""}
      Conditions:
        IsWanted: !Not [!Equals [!Ref Wanted, ""]]
        IsOurs: !And [!Condition IsWanted, !Equals [!Ref Prefix, tap]]
        IsEither: !Or [!Condition IsWanted, !Equals [!Ref Prefix, other]]
      Mappings:
        Limits: {Queue: {Receives: 100}}
      Resources:
        # Why it is there.
        Bucket:
          Type: AWS::S3::Bucket
          Properties: {BucketName: !Sub "${Prefix}-${AWS::AccountId}"}
        Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: q.fifo}}
        Topic: {Type: AWS::SNS::Topic}
        Wish:
          Type: AWS::SNS::Topic
          Condition: IsWanted
        Role:
          Type: AWS::IAM::Role
          Properties:
            Policies:
              - PolicyDocument:
                  Statement:
                    - {Sid: A, Effect: Allow, Action: "s3:Get", Resource: !Sub "${Bucket.Arn}/*"}
                    - Fn::If: [IsWanted, {Sid: B, Effect: Allow, Action: [x, y], Resource: !Ref Wanted}, !Ref AWS::NoValue]
        Values:
          Type: Test
          Properties:
            sub: !Sub "${Prefix}/${AWS::Region}/${Queue.Arn}/${!Kept}"
            subOwn: !Sub ["${a}-${Prefix}", {a: !Ref Topic}]
            queue: !Ref Queue
            bucket: !Ref Bucket
            att: !GetAtt Queue.QueueName
            map: !FindInMap [Limits, Queue, Receives]
            if: !If [IsWanted, yes, no]
            ours: !If [IsOurs, yes, no]
            either: !If [IsEither, yes, no]
            none: !If [IsWanted, 1, !Ref AWS::NoValue]
            bool: true
      """;

  private final Template template = Template.of(TemplateFile.of(TEMPLATE));

  @ParameterizedTest
  @CsvSource({
    "sub,    tap/us-east-1/arn:aws:sqs:us-east-1:123456789012:q.fifo/${Kept}",
    "subOwn, arn:aws:sns:us-east-1:123456789012:tapline-Topic-tap",
    "queue,  https://sqs.us-east-1.amazonaws.com/123456789012/q.fifo",
    "bucket, tap-123456789012",
    "att,    q.fifo",
    "map,    100",
    "if,     no",
    "ours,   no",
    "either, no",
    "none,   ''",
    "bool,   true",
  })
  void resolves(String key, String value) {
    assertThat(template.properties("Values").path(key).asText()).isEqualTo(value);
  }

  @Test
  void decidesConditions() {
    Template wanted = template.with("Wanted", "x");

    assertThat(template.resources()).doesNotContainKey("Wish");
    assertThat(wanted.resources()).containsKey("Wish");
    assertThat(wanted.properties("Values").path("ours").asText()).isEqualTo("yes");
    assertThat(wanted.properties("Values").path("either").asText()).isEqualTo("yes");
    assertThat(wanted.properties("Values").path("none").asInt()).isOne();
  }

  @Test
  void readsRoles() {
    assertThat(template.roleStatements("Role"))
        .singleElement()
        .satisfies(
            only ->
                assertThat(only.resources()).isEqualTo(List.of("arn:aws:s3:::tap-123456789012/*")));
    assertThat(template.with("Wanted", "z").roleStatements("Role").get(1).actions())
        .containsExactly("x", "y");
  }

  @Test
  void knowsPlacesAndComments() {
    TemplateFile file = template.file();
    int line = file.line(file.tree().path("Resources").path("Bucket"));

    assertThat(line).isEqualTo(13);
    assertThat(file.commentAbove(12)).isEqualTo("Why it is there.");
    assertThat(file.commentAbove(13)).isEmpty();
  }

  @Test
  void takesNoUnknownNames() {
    assertThatThrownBy(() -> template.with("Nothing", "1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> template.properties("Nothing"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TemplateFile.of("{a: 1, a: 2}"))
        .hasMessageContaining("a is there twice");
  }
}
