package io.tapline.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.tapline.export.BrokenRow;
import io.tapline.export.DelimitedRow;
import io.tapline.export.Header;
import io.tapline.export.JsonRow;
import io.tapline.record.Rejection;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rejected rows as a file that a person corrects and pushes again. The export's reader knows
 * such a file by the last three columns of its header and takes off what {@link #guard} put on.
 */
final class RejectsWriter {

  private RejectsWriter() {}

  /**
   * Writes CSV in one dialect, whatever the export's: comma, quotes doubled, CRLF, null as nothing
   * and an empty text as {@code ""}. A row that was not kept has empty columns.
   */
  static void writeCsv(Header header, RejectedRows rows, OutputStream out) throws IOException {
    Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    CsvWriter csv =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.CRLF)
            .quoteStrategy(QuoteStrategies.EMPTY)
            .build(text);
    List<@Nullable String> cells = new ArrayList<>();
    header.names().forEach(name -> cells.add(guard(name)));
    cells.add("_row");
    cells.add("_code");
    cells.add("_reason");
    csv.writeRecord(cells);
    for (RejectedRow row = rows.next(); row != null; row = rows.next()) {
      cells.clear();
      for (int i = 0; i < header.names().size(); i++) {
        cells.add(
            row.row() instanceof DelimitedRow kept && !kept.isNull(i) ? guard(kept.text(i)) : null);
      }
      Rejection rejection = row.rejection();
      cells.add(Long.toString(rejection.row()));
      cells.add(rejection.code());
      cells.add(guard(rejection.reason()));
      csv.writeRecord(cells);
    }
    csv.flush();
    text.flush();
  }

  /** Writes the lines of a JSONL export as they were; one that was not kept is left out. */
  static void writeJsonLines(RejectedRows rows, OutputStream out) throws IOException {
    Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    for (RejectedRow row = rows.next(); row != null; row = rows.next()) {
      String line =
          switch (row.row()) {
            case JsonRow json -> json.line();
            case BrokenRow broken -> broken.line();
            case DelimitedRow delimited ->
                throw new IllegalStateException("a delimited row in a JSONL export");
          };
      if (line != null) {
        text.write(line);
        text.write('\n');
      }
    }
    text.flush();
  }

  /**
   * Keeps a spreadsheet from taking a text for a formula: one {@code '} before a cell that begins
   * like one, and before a cell that begins with a {@code '} which would be taken off in its place.
   */
  private static String guard(String cell) {
    if (cell.isEmpty()) {
      return cell;
    }
    char first = cell.charAt(0);
    boolean ambiguous =
        first == '\'' && cell.length() > 1 && (isFormula(cell.charAt(1)) || cell.charAt(1) == '\'');
    return isFormula(first) || ambiguous ? "'" + cell : cell;
  }

  private static boolean isFormula(char c) {
    return switch (c) {
      case '=', '+', '-', '@', '\t', '\r' -> true;
      default -> false;
    };
  }
}
