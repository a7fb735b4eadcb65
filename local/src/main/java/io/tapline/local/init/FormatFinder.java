package io.tapline.local.init;

import io.tapline.export.BrokenRow;
import io.tapline.export.DelimitedRow;
import io.tapline.export.ExportReader;
import io.tapline.export.ReadPosition;
import io.tapline.export.Row;
import io.tapline.export.UnreadableExportException;
import io.tapline.report.Mask;
import io.tapline.sync.Format;
import io.tapline.sync.SyncLoader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the form of an export: its beginning is read in each form that it may have, by the reader
 * of pushes, and the one in which most rows can be read is taken.
 */
final class FormatFinder {

  private static final String ANY_SYNC =
      "{\"connection\": \"any\", \"prefix\": \"any/\", \"target\": \"USER_EVENTS\"}";

  /** The likelier ones first: of two that read as well, the first is taken. */
  private static final List<Character> DELIMITERS = List.of(',', '\t', '|', ';');

  private static final List<String> NULLS = List.of("\\N", "NULL", "null");

  private final Beginning beginning;
  private final Format byName;
  private final List<String> columns;

  private FormatFinder(Beginning beginning, Format byName, List<String> columns) {
    this.beginning = beginning;
    this.byName = byName;
    this.columns = columns;
  }

  /**
   * Finds the form of a file.
   *
   * @param columns the columns' names where a person says that no header line has them, else empty
   * @throws UndecidedException when it is no export, or has no header line and nobody named its
   *     columns
   */
  static FoundFormat find(Path file, List<String> columns) throws IOException {
    Beginning beginning = Beginning.of(file);
    byte[] sync = ANY_SYNC.getBytes(StandardCharsets.UTF_8);
    String name = file.getFileName().toString();
    Format byName = SyncLoader.load("any", sync, "any").format().resolve(name);
    return new FormatFinder(beginning, byName, columns).find();
  }

  private FoundFormat find() throws IOException {
    if (beginning.isJson()) {
      return new FoundFormat(jsonl(), byName);
    }
    Reading best = read(delimited(DELIMITERS.getFirst(), '"', '"'));
    for (char delimiter : DELIMITERS) {
      for (Format format : dialects(delimiter)) {
        Reading reading = read(format);
        if (reading.isBetterThan(best)) {
          best = reading;
        }
      }
    }
    Format format = withNullText(best.format());
    if (columns.isEmpty() && !best.names().isEmpty()) {
      requireNames(best);
    }
    return new FoundFormat(format, byName);
  }

  private Format jsonl() {
    return new Format(
        Format.Type.JSONL, beginning.compression(), false, ',', '"', '"', "", List.of());
  }

  private List<Format> dialects(char delimiter) {
    return List.of(
        delimited(delimiter, '"', '"'),
        delimited(delimiter, '"', '\\'),
        delimited(delimiter, null, '\\'));
  }

  private Format delimited(char delimiter, @Nullable Character quote, char escape) {
    boolean tabs = delimiter == '\t' || byName.type() == Format.Type.TSV;
    return new Format(
        tabs ? Format.Type.TSV : Format.Type.CSV,
        beginning.compression(),
        columns.isEmpty(),
        delimiter,
        quote,
        escape,
        "",
        columns);
  }

  private Reading read(Format format) throws IOException {
    Format plain =
        new Format(
            format.type(),
            Format.Compression.NONE,
            format.header(),
            format.delimiter(),
            format.quote(),
            format.escape(),
            format.nullText(),
            format.columns());
    List<String> names = List.of();
    long good = 0;
    long bad = 0;
    long nulls = 0;
    try (ExportReader reader =
        ExportReader.open(
            new ByteArrayInputStream(beginning.text()), plain, ReadPosition.START, null)) {
      names = reader.header().names();
      for (Row row = reader.next(); row != null; row = reader.next()) {
        if (row instanceof DelimitedRow fields) {
          good++;
          for (int i = 0; i < fields.size(); i++) {
            nulls += fields.isNull(i) ? 1 : 0;
          }
        } else if (row instanceof BrokenRow broken && broken.code().equals("WRONG_FIELD_COUNT")) {
          bad++;
        }
      }
    } catch (UnreadableExportException e) {
      // A quote that does not close swallows what may be thousands of rows.
      bad += beginning.isWhole() ? 1 + good : 0;
    }
    return new Reading(format, names, good, bad, nulls);
  }

  private Format withNullText(Format found) throws IOException {
    for (String text : NULLS) {
      Format format =
          new Format(
              found.type(),
              found.compression(),
              found.header(),
              found.delimiter(),
              found.quote(),
              found.escape(),
              text,
              found.columns());
      // Where fields are empty, too, such a word may be a value like others.
      if (read(format).nulls() > 0 && (text.equals("\\N") || read(found).nulls() == 0)) {
        return format;
      }
    }
    return found;
  }

  private static void requireNames(Reading reading) {
    List<String> names = reading.names();
    boolean hasKnownName = names.stream().anyMatch(Names::isKnown);
    boolean hasData = names.stream().anyMatch(name -> Shape.of(name).isData());
    if (hasData && !hasKnownName) {
      throw new UndecidedException(
          ("the first line of the file holds values, not names: %s. Name the %d columns in their"
                  + " order, for example --columns identity,Name,Email")
              .formatted(
                  String.join(
                      String.valueOf(reading.format().delimiter()),
                      names.stream().limit(5).map(Mask::of).toList()),
                  names.size()));
    }
  }

  /**
   * What one form makes of the beginning.
   *
   * @param good rows with as many fields as the header
   * @param bad rows with more or fewer
   * @param nulls fields that are null
   */
  private record Reading(Format format, List<String> names, long good, long bad, long nulls) {

    /** One field a row is no finding, though each row has as many as the header then. */
    boolean isBetterThan(Reading other) {
      boolean several = names.size() > 1;
      boolean otherSeveral = other.names.size() > 1;
      if (several != otherSeveral) {
        return several;
      }
      double share = share();
      double otherShare = other.share();
      return Math.abs(share - otherShare) > 0.001
          ? share > otherShare
          : names.size() > other.names.size();
    }

    private double share() {
      return good + bad == 0 ? 1 : (double) good / (good + bad);
    }
  }
}
