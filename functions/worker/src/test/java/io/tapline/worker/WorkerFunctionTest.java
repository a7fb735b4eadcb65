package io.tapline.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events are read and answers written as Lambda's own library does it. */
class WorkerFunctionTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void readsAMessageAsLambdaDoes() throws Exception {
    byte[] json = Files.readAllBytes(Path.of("../../events/sqs-chunk.json"));
    SQSEvent.SQSMessage expected =
        LambdaEventSerializers.serializerFor(SQSEvent.class, getClass().getClassLoader())
            .fromJson(new ByteArrayInputStream(json))
            .getRecords()
            .getFirst();

    SQSEvent.SQSMessage message = WorkerFunction.read(JSON.readTree(json)).getRecords().getFirst();

    assertThat(message.getMessageId()).isEqualTo(expected.getMessageId());
    assertThat(message.getReceiptHandle()).isEqualTo(expected.getReceiptHandle());
    assertThat(message.getBody()).isEqualTo(expected.getBody());
    assertThat(message.getAttributes()).isEqualTo(expected.getAttributes());
  }

  @Test
  void answersAsLambdaDoes() throws Exception {
    SQSBatchResponse response = new SQSBatchResponse(List.of(new BatchItemFailure("a")));
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    LambdaEventSerializers.serializerFor(SQSBatchResponse.class, getClass().getClassLoader())
        .toJson(response, expected);

    assertThat(WorkerFunction.write(response))
        .isEqualTo(JSON.readTree(expected.toString(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "1", "{\"Records\": 1}"})
  void refusesAnEventOfSomethingElse(String event) throws Exception {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkerFunction.read(JSON.readTree(event)))
        .withMessageContaining("an event of SQS");
  }
}
