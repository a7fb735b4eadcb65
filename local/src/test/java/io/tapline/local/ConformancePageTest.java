package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule of the page of rules names a test, and the test is there. */
class ConformancePageTest {

  private static final Path ROOT = Path.of("..");
  private static final Set<String> TESTS = Set.of("ATest.proves", "BTest.provesToo");

  @Test
  void provesEveryRule() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/conformance.md"));

    assertThat(ConformancePage.problems(page, TestSources.methods(ROOT))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reliability.md", "hostile-input.md", "architecture.md"})
  void whatOtherPagesNameIsATest(String page) throws IOException {
    Set<String> classes =
        TestSources.methods(ROOT).stream()
            .map(method -> method.substring(0, method.indexOf('.')))
            .collect(Collectors.toSet());

    assertThat(
            Pattern.compile("`(\\w+Test)`")
                .matcher(Files.readString(ROOT.resolve("docs/" + page)))
                .results())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(classes).contains(name.group(1)));
  }

  @Test
  void findsTheTestsOfAllModules() throws IOException {
    assertThat(TestSources.methods(ROOT))
        .contains(
            "ConformancePageTest.findsTheTestsOfAllModules",
            "SyncLoaderTest.loadsEveryKey",
            "SplitterHandlerTest.aSampleEventReleasesItsExport",
            "WorkerHandlerTest.theSampleEventIsPushed",
            "FinalizerHandlerTest.aJobThatWasStoppedIsClosed")
        .doesNotContain("TestSources.methods", "ConformancePageTest.problem");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      textBlock =
          """
          a test                     ; | a | b | `ATest.proves` |                    ; ~~
          two tests                  ; | a | b | `ATest.proves`, `BTest.provesToo` | ; ~~
          a bar in a cell            ; | a \\| b | c | `ATest.proves` |              ; ~~
          no such test               ; | a | b | `ATest.gone` |                      ; line 3 names ATest.gone, which is no test that runs
          one of two is not there    ; | a | b | `ATest.proves`, `CTest.proves` |    ; line 3 names CTest.proves, which is no test that runs
          a class without a method   ; | a | b | `ATest` |                           ; line 3 names its tests as `ATest`, not as `Class.method`, `Class.method`
          words in place of a test   ; | a | b | see there |                         ; line 3 names its tests as see there, not as `Class.method`, `Class.method`
          no test                    ; | a | b |  |                                  ; line 3 has no test
          no rule                    ; |  | b | `ATest.proves` |                     ; line 3 has no rule
          nothing said               ; | a |  | `ATest.proves` |                     ; line 3 has no what Tapline does
          a cell too few             ; | a | `ATest.proves` |                        ; line 3 has 2 cells under 3 headings
          """)
  void tellsWhatIsWrongWithARow(String rule, String row, String problem) {
    assertThat(problem(row)).isEqualTo(problem);
  }

  @Test
  void tellsOfARuleThatStandsThereTwice() {
    String row = "| a | b | `ATest.proves` |";

    assertThat(problem(row + "\n" + row))
        .isEqualTo("line 4 is a rule that stands there already: a");
  }

  @Test
  void wantsARule() {
    String other = "# A page\n\n| word | meaning |\n|---|---|\n| a | b |\n";

    assertThat(ConformancePage.problems(other, TESTS)).containsExactly("there is no rule");
  }

  private static String problem(String rows) {
    String page = "| rule | what Tapline does | test |\n|---|---|---|\n" + rows + "\n";
    return String.join("\n", ConformancePage.problems(page, TESTS));
  }
}
