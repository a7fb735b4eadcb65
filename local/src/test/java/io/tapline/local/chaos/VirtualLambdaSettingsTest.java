package io.tapline.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.local.template.Template;
import org.junit.jupiter.api.Test;

/** The fault harness plays the functions with the settings that they have on AWS. */
class VirtualLambdaSettingsTest {

  private final Template template = Template.read();

  @Test
  void areThoseOfTheTemplate() {
    assertThat(VirtualLambda.SPLITTER_TIMEOUT).hasSeconds(seconds("SplitterFunction", "Timeout"));
    assertThat(VirtualLambda.WORKER_TIMEOUT).hasSeconds(seconds("WorkerFunction", "Timeout"));
    assertThat(VirtualLambda.FINALIZER_TIMEOUT).hasSeconds(seconds("FinalizerFunction", "Timeout"));
    assertThat(VirtualLambda.VISIBILITY_TIMEOUT)
        .hasSeconds(seconds("ChunkQueue", "VisibilityTimeout"));
    assertThat(MemoryDeadLetters.VISIBILITY_TIMEOUT)
        .hasSeconds(seconds("DeadLetterQueue", "VisibilityTimeout"));
    assertThat(template.environment("WorkerFunction"))
        .containsEntry("TAPLINE_MAX_RECEIVES", String.valueOf(VirtualLambda.MAX_RECEIVES));
  }

  private long seconds(String resource, String property) {
    return template.properties(resource).path(property).asLong();
  }
}
