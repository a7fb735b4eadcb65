package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.ledger.OpenRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of codes and the code that makes them name the same ones. */
class CodesPageTest {

  private static final Path SOURCES = Path.of("../shared/src/main/java");
  private static final Path PAGE = Path.of("../docs/codes.md");

  /** A code of ours has an underscore, stands where only a code can, or is called as it reads. */
  private static final Pattern OURS =
      Pattern.compile(
          "\"(?<code>[A-Z][A-Z0-9]*(_[A-Z0-9]+)+)\""
              + "|new (Stop|Warning|Fate\\.Open|Opened\\.Ignored|UnreadableExportException)\\(\\s*"
              + "(State\\.\\w+,\\s*)?\"(?<single>[A-Z0-9_]+)\"[,)]"
              + "|static final String (?<named>[A-Z]+) = \"\\k<named>\";");

  /** The numbers of CleverTap's that have a name in the sources. */
  private static final Pattern NUMBERS =
      Pattern.compile("static final String \\w+ = \"(?<code>[0-9]{3})\";");

  private static final Pattern ENVIRONMENT = Pattern.compile("(TAPLINE|AWS)_.*");

  private static final Pattern LISTED = Pattern.compile("`(?<code>[A-Z0-9_]{3,})`");

  @Test
  void namesEveryCode() throws IOException {
    Set<String> used = new TreeSet<>();
    for (OpenRows.State state : OpenRows.State.values()) {
      used.add("ROWS_" + state);
    }
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String source = Files.readString(file);
        OURS.matcher(source)
            .results()
            .map(CodesPageTest::code)
            .filter(code -> !ENVIRONMENT.matcher(code).matches())
            .forEach(used::add);
        NUMBERS.matcher(source).results().map(found -> found.group("code")).forEach(used::add);
      }
    }

    Set<String> listed = listed();
    assertThat(listed).containsAll(used);
    listed.removeIf(code -> Character.isDigit(code.charAt(0)));
    assertThat(used).containsAll(listed);
  }

  private static String code(MatchResult found) {
    return Stream.of("code", "single", "named")
        .map(found::group)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow();
  }

  /** The codes in the first column of the page's tables. */
  private static Set<String> listed() throws IOException {
    Set<String> listed = new TreeSet<>();
    Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("\\|")[1])
        .forEach(
            cell -> LISTED.matcher(cell).results().map(r -> r.group("code")).forEach(listed::add));
    return listed;
  }
}
