package io.tapline.local.check;

import io.tapline.report.Printable;
import java.util.List;

/**
 * Text for a terminal, broken between words; a word that is wider than the terminal stays whole, so
 * that it can be copied. Not thread-safe.
 */
final class Paragraphs {

  private static final int INDENT = 12;

  private final StringBuilder text = new StringBuilder();
  private final int width;

  /**
   * No text yet.
   *
   * @param width columns of the terminal; 0 where lines are not broken
   */
  Paragraphs(int width) {
    this.width = width;
  }

  /** Adds a line as it is. */
  void line(String line) {
    text.append(line).append('\n');
  }

  /** Adds a paragraph beside a word that names it. */
  void named(String name, String paragraph) {
    String lead = "  %-9s ".formatted(name);
    for (String line : Printable.lines(paragraph).split("\n", -1)) {
      wrap(lead, line);
      lead = " ".repeat(INDENT);
    }
  }

  /** Adds a paragraph below another. */
  void below(String paragraph) {
    named("", paragraph);
  }

  private void wrap(String lead, String line) {
    StringBuilder current = new StringBuilder(lead);
    boolean begun = false;
    for (String word : List.of(line.split(" ", -1))) {
      if (begun && width > 0 && current.length() + 1 + word.length() > width) {
        line(current.toString());
        current = new StringBuilder(" ".repeat(INDENT));
        begun = false;
      }
      current.append(begun ? " " : "").append(word);
      begun = true;
    }
    line(current.toString().stripTrailing());
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
