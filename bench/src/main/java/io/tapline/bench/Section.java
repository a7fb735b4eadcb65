package io.tapline.bench;

import java.util.List;

/**
 * What one measurement found.
 *
 * @param notes sentences behind the table; none where it says all
 */
record Section(String title, List<Line> lines, List<String> notes) {

  private static final String[] HEAD = {"", "median", "runs", "least to most", "target", "met"};

  Section(String title, List<Line> lines) {
    this(title, lines, List.of());
  }

  /** As a table of Markdown. */
  String toMarkdown() {
    StringBuilder text = new StringBuilder();
    if (!lines.isEmpty()) {
      text.append("| ").append(String.join(" | ", HEAD)).append(" |\n|---|---|---|---|---|---|\n");
      for (Line line : lines) {
        text.append("| ").append(String.join(" | ", line.cells())).append(" |\n");
      }
    }
    notes.forEach(note -> text.append('\n').append(note).append('\n'));
    return text.toString();
  }

  /** For a terminal. */
  String toText() {
    StringBuilder text = new StringBuilder(title).append('\n');
    for (Line line : lines) {
      text.append("  %-64s %18s %3s  %-36s %-22s %s%n".formatted((Object[]) line.cells()));
    }
    notes.forEach(note -> text.append("  ").append(note.replace("\n", "\n  ")).append('\n'));
    return text.toString();
  }
}
