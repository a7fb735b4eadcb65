package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the pages for users name is there. */
class DocPagesTest {

  private static final Pattern WORD = Pattern.compile("'[^']*'|[^ ]+");

  /** Commands that are not part of this module. */
  private static final Set<String> ELSEWHERE = Set.of("bench");

  /** What stands two blanks behind a command explains it. */
  private static final Pattern EXPLANATION = Pattern.compile("  .*");

  private static final Pattern CODE = Pattern.compile("`([A-Z]+(_[A-Z]+)+|[45][0-9]{2})`");

  @ParameterizedTest
  @MethodSource("pages")
  void leadsToWhatIsThere(DocPage page) {
    assertThat(page.brokenLinks()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void showsCommandsThatAreUnderstood(DocPage page) {
    for (String line : page.codeLines("./tapline ")) {
      CommandLine tapline = Main.commandLine();
      List<String> words = words(EXPLANATION.matcher(line).replaceFirst("").substring(10));
      if (!ELSEWHERE.contains(words.getFirst())) {
        assertThat(tapline.getSubcommands()).as(line).containsKey(words.getFirst());
        assertThat(tapline.parseArgs(words.toArray(String[]::new)).unmatched()).as(line).isEmpty();
      }
    }
  }

  static Stream<DocPage> pages() {
    return DocPage.all();
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group().replaceAll("^'|'$", ""));
    }
    return words;
  }

  @Test
  void explainsSymptomsByCodesThatThereAre() {
    String codes = DocPage.of("docs/codes.md").text();

    assertThat(
            CODE.matcher(DocPage.of("docs/troubleshooting.md").text())
                .results()
                .map(code -> code.group(1))
                .filter(code -> !isOther(code)))
        .isNotEmpty()
        .allSatisfy(code -> assertThat(codes).contains("`" + code + "`"));
  }

  /** Words in capitals that are no codes: settings and states of a report. */
  private static boolean isOther(String word) {
    return word.endsWith("_SEGMENT")
        || word.startsWith("COMPLETED")
        || word.equals("JAVA_HOME")
        || word.startsWith("TAPLINE_");
  }
}
