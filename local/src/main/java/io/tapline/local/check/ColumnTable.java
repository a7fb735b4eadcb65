package io.tapline.local.check;

import io.tapline.record.ColumnTypes.Origin;
import io.tapline.record.ColumnTypes.TypedColumn;
import io.tapline.report.Printable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The columns of a checked file as a table that is no wider than the terminal. */
final class ColumnTable {

  private static final List<String> HEAD =
      List.of("column", "sent as", "type and why", "nulls", "looks like");

  private static final int NAME = 0;
  private static final int SENT_AS = 1;
  private static final int NULLS = 3;
  private static final int SAMPLE = 4;

  /** What gives way where the table is too wide: these cells, down to so many characters. */
  private static final int[] NARROWED = {SAMPLE, SENT_AS, NAME};

  private static final int[] NARROWEST = {12, 10, 10};

  private static final String GAP = "  ";

  private ColumnTable() {}

  /**
   * The lines of the table, its head first.
   *
   * @param width columns of the terminal; 0 where nothing is cut
   */
  static List<String> lines(List<CheckedColumn> columns, int width) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    columns.forEach(column -> rows.add(cells(column)));
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
    }
    if (width > 0) {
      narrow(widths, width);
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static List<String> cells(CheckedColumn column) {
    TypedColumn typed = column.typed();
    boolean isIgnored = typed.origin() == Origin.IGNORED;
    return List.of(
        Printable.line(typed.name()),
        isIgnored ? "(not sent)" : Printable.line(typed.sentAs()),
        isIgnored ? "" : type(typed),
        String.format(Locale.ROOT, "%,d", column.nulls()),
        column.sample() == null ? "" : "\"" + column.sample() + "\"");
  }

  private static String type(TypedColumn typed) {
    String name = typed.typeName();
    return name == null ? "no value" : name + ", " + why(typed.origin());
  }

  private static String why(Origin origin) {
    return switch (origin) {
      case DECLARED -> "declared";
      case KNOWN_FIELD -> "known";
      case INFERRED -> "found";
      case LEARNED -> "learned";
      case JSON -> "as it is";
      case IGNORED -> "";
    };
  }

  /** What the words of the table mean that are in it. */
  static String legend(List<CheckedColumn> columns) {
    Set<Origin> origins = EnumSet.noneOf(Origin.class);
    columns.stream()
        .filter(column -> column.typed().typeName() != null)
        .forEach(column -> origins.add(column.typed().origin()));
    return origins.stream()
        .filter(origin -> origin != Origin.IGNORED)
        .map(origin -> why(origin) + ": " + meaning(origin))
        .collect(Collectors.joining("; "));
  }

  private static String meaning(Origin origin) {
    return switch (origin) {
      case DECLARED -> "columnTypes says so";
      case KNOWN_FIELD -> "the column means something to CleverTap, which takes it so";
      case INFERRED -> "it fits every value of this file";
      case LEARNED -> "earlier exports of the sync had it, and it fits here";
      case JSON -> "JSONL keeps the types of its values";
      case IGNORED -> "";
    };
  }

  private static void narrow(int[] widths, int width) {
    int tooWide = GAP.length() * widths.length - width;
    for (int cell : widths) {
      tooWide += cell;
    }
    for (int i = 0; i < NARROWED.length && tooWide > 0; i++) {
      int cell = NARROWED[i];
      int cut = Math.clamp(widths[cell] - NARROWEST[i], 0, tooWide);
      widths[cell] -= cut;
      tooWide -= cut;
    }
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cut(row.get(i), widths[i]);
      String space = " ".repeat(widths[i] - length(cell));
      line.append(GAP).append(i == NULLS ? space + cell : cell + space);
    }
    return line.toString().stripTrailing();
  }

  private static String cut(String cell, int width) {
    return length(cell) <= width
        ? cell
        : cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
