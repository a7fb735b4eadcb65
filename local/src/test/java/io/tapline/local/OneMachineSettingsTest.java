package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.local.template.Template;
import org.junit.jupiter.api.Test;

/** One machine plays the functions with the settings that they have on AWS. */
class OneMachineSettingsTest {

  private final Template template = Template.read();

  @Test
  void areThoseOfTheTemplate() {
    assertThat(OneMachine.SPLITTER_TIMEOUT).hasSeconds(seconds("SplitterFunction", "Timeout"));
    assertThat(OneMachine.WORKER_TIMEOUT).hasSeconds(seconds("WorkerFunction", "Timeout"));
    assertThat(OneMachine.FINALIZER_TIMEOUT).hasSeconds(seconds("FinalizerFunction", "Timeout"));
    assertThat(OneMachine.VISIBILITY_TIMEOUT)
        .hasSeconds(seconds("ChunkQueue", "VisibilityTimeout"));
    assertThat(template.environment("WorkerFunction"))
        .containsEntry("TAPLINE_MAX_RECEIVES", String.valueOf(OneMachine.MAX_RECEIVES));
    assertThat(template.properties("WorkerFunction").findValue("MaximumConcurrency").asInt())
        .isEqualTo(OneMachine.ACCOUNT_CAP);
  }

  private long seconds(String resource, String property) {
    return template.properties(resource).path(property).asLong();
  }
}
