package io.tapline.local.init;

import java.nio.file.Path;
import java.util.List;

/** Tells a person of a first sync: what was found, what to look at, what to do next. */
public final class FirstSyncText {

  private static final int WIDTH = 100;
  private static final int LABEL = 8;

  private final StringBuilder text = new StringBuilder();

  private FirstSyncText() {}

  /**
   * Tells of a sync that was written.
   *
   * @param export the file that it was made for
   * @param sync where it was written
   * @return lines of at most 100 columns, unless a path is longer; no value unmasked
   */
  public static String of(FirstSync first, Path export, Path sync) {
    FirstSyncText told = new FirstSyncText();
    told.line(first.export(), 0);
    told.line("", 0);
    first.found().forEach(told::found);
    if (!first.doubts().isEmpty()) {
      told.line("", 0);
      told.line("Look at:", 0);
      first.doubts().forEach(doubt -> told.line("  - " + doubt, 4));
    }
    String arguments = "%s --sync %s".formatted(quoted(export), quoted(sync));
    told.line("", 0);
    told.text.append("Written to %s. Next:\n".formatted(sync));
    told.text.append("  ./tapline check %s\n".formatted(arguments));
    told.text.append("  ./tapline push %s --out target/run\n".formatted(arguments));
    return told.text.toString();
  }

  private void found(String word, List<String> lines) {
    String label = word;
    for (String line : lines) {
      line("  " + label + " ".repeat(LABEL - label.length()) + line, LABEL + 2);
      label = "";
    }
  }

  /** Adds a line, broken between words; what follows the first break is indented. */
  private void line(String line, int indent) {
    String rest = line;
    int left = 0;
    while (left + rest.length() > WIDTH) {
      int end = rest.lastIndexOf(' ', WIDTH - left);
      if (end <= indent) {
        break;
      }
      text.append(" ".repeat(left)).append(rest, 0, end).append('\n');
      rest = rest.substring(end + 1);
      left = indent;
    }
    text.append(" ".repeat(left)).append(rest).append('\n');
  }

  private static String quoted(Path path) {
    return Text.quoted(path.toString());
  }
}
