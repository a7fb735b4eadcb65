package io.tapline.local;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of rules: tables in Markdown whose last column, {@code test}, names what proves a row.
 * Other tables say what they like.
 */
final class ConformancePage {

  private static final String TEST_COLUMN = "test";

  /** A bar that is no part of a cell's text. */
  private static final Pattern BAR = Pattern.compile("(?<!\\\\)\\|");

  private static final Pattern TESTS = Pattern.compile("`[A-Z]\\w*\\.\\w+`(, `[A-Z]\\w*\\.\\w+`)*");
  private static final Pattern TEST = Pattern.compile("`([^`]+)`");

  private final Set<String> tests;
  private final Set<String> rules = new HashSet<>();
  private final List<String> problems = new ArrayList<>();

  private ConformancePage(Set<String> tests) {
    this.tests = tests;
  }

  /**
   * What is wrong with a page, a line each; empty when nothing is.
   *
   * @param tests those that there are, as {@code Class.method}
   */
  static List<String> problems(String page, Set<String> tests) {
    ConformancePage checked = new ConformancePage(tests);
    checked.check(page.lines().toList());
    return checked.problems;
  }

  private void check(List<String> lines) {
    List<String> header = List.of();
    boolean anyRule = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.startsWith("|")) {
        header = List.of();
      } else if (header.isEmpty()) {
        header = cells(line);
        i++; // the line of dashes
      } else if (header.getLast().equals(TEST_COLUMN)) {
        anyRule = true;
        checkRow(i + 1, header, cells(line));
      }
    }
    if (!anyRule) {
      problems.add("there is no rule");
    }
  }

  private static List<String> cells(String line) {
    List<String> cells = Stream.of(BAR.split(line, -1)).map(String::strip).toList();
    return cells.subList(1, cells.size() - 1);
  }

  private void checkRow(int line, List<String> header, List<String> cells) {
    if (cells.size() != header.size()) {
      tell(line, "has %d cells under %d headings".formatted(cells.size(), header.size()));
      return;
    }
    for (int i = 0; i < cells.size(); i++) {
      if (cells.get(i).isEmpty()) {
        tell(line, "has no " + header.get(i));
      }
    }
    if (!rules.add(cells.getFirst())) {
      tell(line, "is a rule that stands there already: " + cells.getFirst());
    }
    checkTests(line, cells.getLast());
  }

  private void checkTests(int line, String named) {
    if (!named.isEmpty() && !TESTS.matcher(named).matches()) {
      tell(line, "names its tests as " + named + ", not as `Class.method`, `Class.method`");
      return;
    }
    Matcher test = TEST.matcher(named);
    while (test.find()) {
      if (!tests.contains(test.group(1))) {
        tell(line, "names " + test.group(1) + ", which is no test that runs");
      }
    }
  }

  private void tell(int line, String problem) {
    problems.add("line " + line + " " + problem);
  }
}
