package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.job.Metric;
import io.tapline.local.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page of operations names is there, and all of it is named. */
class OperationsPageTest {

  private static final Path PAGE = Path.of("../docs/operations.md");

  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

  private final Template template = Template.read();

  @Test
  void namesEachMetric() throws IOException {
    assertThat(table("## Metrics"))
        .containsExactlyElementsOf(Stream.of(Metric.values()).map(Metric::text).toList());
  }

  @Test
  void namesEachParameter() throws IOException {
    assertThat(table("### Parameters"))
        .containsExactlyInAnyOrderElementsOf(template.parameters().keySet());
  }

  @Test
  void namesEachAlarm() throws IOException {
    assertThat(table("## Alarms"))
        .containsExactlyInAnyOrderElementsOf(template.ofType("AWS::CloudWatch::Alarm").keySet());
  }

  @ParameterizedTest
  @CsvSource({
    "splitter, SplitterFunction",
    "worker, WorkerFunction",
    "finalizer, FinalizerFunction"
  })
  void saysWhatEachFunctionHas(String name, String function) throws IOException {
    JsonNode properties = template.properties(function);

    assertThat(Files.readString(PAGE))
        .contains(
            "| %s | %d MB | %d min"
                .formatted(
                    name,
                    properties.path("MemorySize").asInt(),
                    properties.path("Timeout").asInt() / 60));
  }

  /** What stands first in the rows of the table below a heading. */
  private static List<String> table(String heading) throws IOException {
    String section = Files.readString(PAGE).split("(?m)^" + heading + "$", 2)[1];
    return found(FIRST_CELL, section.split("(?m)^#", 2)[0]);
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
  }
}
