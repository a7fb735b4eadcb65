package io.tapline.local.check;

import io.tapline.report.Printable;
import io.tapline.sync.Format;
import io.tapline.sync.Sync;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a check found, for a terminal. It holds no value of a row but masked ones. */
public final class CheckText {

  private static final int MAX_REASONS = 20;

  /** Of a column's name in the list of reasons. */
  private static final int MAX_COLUMN = 40;

  private final CheckedFile checked;
  private final Paragraphs out;
  private final int width;

  private CheckText(CheckedFile checked, int width) {
    this.checked = checked;
    this.width = width;
    this.out = new Paragraphs(width);
  }

  /**
   * Renders a check; lines end in a line feed.
   *
   * @param file how the user named the file
   * @param latency how long a call is taken to last
   * @param width columns of the terminal; 0 where lines are not broken and nothing is cut
   */
  public static String of(
      CheckedFile checked, Sync sync, String file, Duration latency, int width) {
    CheckText text = new CheckText(checked, width);
    text.out.line(text.verdict());
    text.out.line("");
    text.out.named("file", Printable.line(file));
    text.out.named("format", text.format());
    text.out.named("sync", "%s, over connection \"%s\"".formatted(sync.name(), sync.connection()));
    text.rows();
    text.columns();
    text.problems();
    text.reasons();
    if (checked.stop() == null) {
      text.out.line("");
      Estimate.write(text.out, checked.calls(), sync, latency);
    }
    return text.out.toString();
  }

  /**
   * Renders what a probe came to.
   *
   * @param addition what there is to say beside it; empty: nothing
   */
  public static String of(ProbeAnswer answer, String addition, int width) {
    Paragraphs out = new Paragraphs(width);
    String text = answer.text();
    out.named("remote", Character.toUpperCase(text.charAt(0)) + text.substring(1) + "." + addition);
    return out.toString();
  }

  private String verdict() {
    if (checked.stop() != null) {
      return "Nothing would be sent: a push would stop with " + checked.stop().code();
    }
    if (checked.rows() == 0) {
      return "Nothing would be sent: the file has no rows";
    }
    return checked.rejected() == 0
        ? "All %s rows would be sent".formatted(number(checked.rows()))
        : "%s of %s rows would be sent, the others would be rejected"
            .formatted(number(checked.good()), number(checked.rows()));
  }

  private void rows() {
    out.named("rows", number(checked.rows()) + " read");
    if (checked.stop() == null) {
      out.line("  %14s  would be sent".formatted(number(checked.good())));
    }
    out.line("  %14s  would be rejected".formatted(number(checked.rejected())));
    if (checked.skipped() > 0) {
      out.line(
          "  %14s  skipped: not kept when they were rejected (ROWS_NOT_KEPT)"
              .formatted(number(checked.skipped())));
    }
    if (checked.stop() != null) {
      out.line("");
      out.named("stop", checked.stop().code() + ": " + checked.stop().message());
    }
  }

  private String format() {
    if (checked.rejectsFile()) {
      return "a file of rejected rows that Tapline wrote; its last three columns are left out";
    }
    Format format = checked.format();
    String packed = format.compression() == Format.Compression.GZ ? ", packed by gzip" : "";
    String type = format.type().name();
    if (format.type() == Format.Type.JSONL) {
      return type + packed;
    }
    return "%s with %s between fields%s%s"
        .formatted(
            type,
            format.delimiter() == '\t' ? "a tab" : "\"" + format.delimiter() + "\"",
            packed,
            format.header() ? "" : ", without a header line");
  }

  private void columns() {
    List<CheckedColumn> columns = checked.columns();
    if (columns.isEmpty()) {
      return;
    }
    out.line("");
    ColumnTable.lines(columns, width).forEach(out::line);
    String legend = ColumnTable.legend(columns);
    if (!legend.isEmpty()) {
      out.line("");
      out.below(legend);
    }
  }

  private void problems() {
    for (CheckedColumn column : checked.columns()) {
      TypeClash clash = column.clash();
      if (clash != null && column.isTypeFound()) {
        out.line("");
        out.named("mixed", text(column, clash));
      }
    }
    checked
        .warnings()
        .forEach(
            warning -> {
              out.line("");
              out.named("warning", warning.code() + ": " + warning.message());
            });
    if (checked.rows() == 0 && checked.stop() == null) {
      out.line("");
      out.named(
          "warning", "NO_ROWS: the file has no rows; see whether the query should have found some");
    }
  }

  /** Why a column is not of the type that most of its values may have. */
  private static String text(CheckedColumn column, TypeClash clash) {
    return "Column %s is sent as %s, for row %s (\"%s\") is %s and row %s (\"%s\") is %s; %s"
        .formatted(
            Printable.line(column.typed().name()),
            column.typed().typeName(),
            number(clash.first().row()),
            clash.first().masked(),
            word(clash.first()),
            number(clash.other().row()),
            clash.other().masked(),
            word(clash.other()),
            "declare it in columnTypes to send it as one type and reject the other values");
  }

  private static String word(TypeClash.Value value) {
    return value.type().name().toLowerCase(Locale.ROOT);
  }

  private void reasons() {
    List<RejectedRows> reasons = checked.reasons();
    if (reasons.isEmpty()) {
      return;
    }
    out.line("");
    out.line(reasonLine("rows", "code", "column", "first rows"));
    reasons.stream().limit(MAX_REASONS).forEach(this::reason);
    if (reasons.size() > MAX_REASONS) {
      out.below("and %s more reasons".formatted(number(reasons.size() - MAX_REASONS)));
    }
    out.below("what the codes mean and what to do: docs/codes.md");
  }

  private void reason(RejectedRows reason) {
    String rows =
        reason.firstRows().stream().map(String::valueOf).collect(Collectors.joining(", "))
            + (reason.count() > reason.firstRows().size() ? ", …" : "");
    String count = number(reason.count());
    String column = reason.column() == null ? "" : shortened(Printable.line(reason.column()));
    String line = reasonLine(count, reason.code(), column, rows);
    if (width == 0 || line.length() <= width) {
      out.line(line);
      out.below(reason.reason());
    } else {
      out.line(reasonLine(count, reason.code(), column, ""));
      out.below(reason.reason());
      out.below("first rows: " + rows);
    }
  }

  private static String reasonLine(String rows, String code, String column, String firstRows) {
    return "  %8s  %-20s %-16s %s".formatted(rows, code, column, firstRows).stripTrailing();
  }

  private String shortened(String column) {
    return width == 0 || column.length() <= MAX_COLUMN
        ? column
        : column.substring(0, MAX_COLUMN - 1) + "…";
  }

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
