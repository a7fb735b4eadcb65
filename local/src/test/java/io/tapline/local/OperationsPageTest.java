package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.job.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page of operations names is there, and all of it is named. */
class OperationsPageTest {

  private static final Path PAGE = Path.of("../docs/operations.md");
  private static final Path TEMPLATE = Path.of("../template.yaml");

  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| `(\\w+)` \\|");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern LINK = Pattern.compile("\\]\\((?!http)([\\w./-]*)(?:#([^)]+))?\\)");
  private static final Pattern PARAMETER = Pattern.compile("(?m)^  (\\w+):$");
  private static final Pattern ALARM =
      Pattern.compile("AlarmName: !Sub \"\\$\\{AWS::StackName}-(\\w+)\"");

  @Test
  void namesEachMetric() throws IOException {
    assertThat(table("## Metrics"))
        .containsExactlyElementsOf(Stream.of(Metric.values()).map(Metric::text).toList());
  }

  @Test
  void namesEachParameter() throws IOException {
    String parameters =
        Files.readString(TEMPLATE).split("(?m)^Parameters:$", 2)[1].split("(?m)^\\w", 2)[0];

    assertThat(table("### Parameters")).containsAll(found(PARAMETER, parameters));
  }

  @Test
  void namesEachAlarm() throws IOException {
    assertThat(table("## Alarms")).containsAll(found(ALARM, Files.readString(TEMPLATE)));
  }

  @Test
  void leadsToWhatIsThere() throws IOException {
    for (var link : LINK.matcher(Files.readString(PAGE)).results().toList()) {
      Path page = link.group(1).isEmpty() ? PAGE : PAGE.resolveSibling(link.group(1));
      assertThat(page).exists();
      if (link.group(2) != null) {
        assertThat(found(HEADING, Files.readString(page)).stream().map(OperationsPageTest::anchor))
            .contains(link.group(2));
      }
    }
  }

  /** As GitHub makes it of a heading. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-');
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
