package io.tapline.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CodesPageTest {

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @Test
  void findsEveryCodeOfThePageAndNoneTwice() throws IOException {
    List<String> listed = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("../docs/codes.md"))) {
      if (line.startsWith("| `")) {
        String first = line.split("\\|")[1];
        CODE.matcher(first).results().forEach(code -> listed.add(code.group(1)));
      }
    }
    CodesPage page = CodesPage.read();

    assertThat(listed).hasSizeGreaterThan(90).doesNotHaveDuplicates();
    assertThat(listed)
        .allSatisfy(
            code ->
                assertThat(page.find(code))
                    .hasValueSatisfying(
                        entry -> {
                          assertThat(entry.meaning()).isNotBlank().doesNotContain("|");
                          assertThat(entry.action()).isNotBlank().doesNotContain("|");
                        }));
  }

  @Test
  void knowsNoOtherCode() {
    assertThat(CodesPage.read().find("599")).isEmpty();
  }
}
