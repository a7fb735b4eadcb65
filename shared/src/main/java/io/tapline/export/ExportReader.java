package io.tapline.export;

import io.tapline.sync.Format;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads an export row by row, in constant memory whatever its size: inflates it, finds its header,
 * splits it, and gives each row a verdict of its own. A row that can't be read is a {@link
 * BrokenRow} and reading goes on after it; an export that can't be read on is an {@link
 * UnreadableExportException}.
 *
 * <p>A file of rejected rows that Tapline wrote is known by its header line and read as what it is,
 * whatever the format says.
 *
 * <p>Not for use by several threads.
 */
public final class ExportReader implements Closeable {

  private final TextSource source;
  private final @Nullable MemberStarts members;
  private final Header header;
  private final Rows rows;
  private long rowBytes;

  private ExportReader(
      TextSource source, @Nullable MemberStarts members, Header header, Rows rows) {
    this.source = source;
    this.members = members;
    this.header = header;
    this.rows = rows;
  }

  /**
   * Begins to read, or goes on from a position of an earlier reader of the same object.
   *
   * @param raw the object's own bytes, packed as they are, from {@link ReadPosition#memberOffset()}
   *     on; closed with the reader, and also when this fails
   * @param knownHeader the earlier reader's; null at {@link ReadPosition#START}, where it is not
   *     looked at
   * @throws UnreadableExportException {@code EMPTY_EXPORT}, {@code BROKEN_HEADER}, {@code
   *     UNCLOSED_QUOTE}, {@code NOT_GZIP}, {@code TRUNCATED_GZIP} or {@code CORRUPT_GZIP}
   */
  public static ExportReader open(
      InputStream raw, Format format, ReadPosition position, @Nullable Header knownHeader)
      throws IOException {
    Closeable opened = raw;
    try {
      Header known =
          position.equals(ReadPosition.START)
              ? null
              : Objects.requireNonNull(knownHeader, "knownHeader");
      InputStream text = raw;
      boolean isRejectsFile;
      if (known == null) {
        PushbackInputStream object = new PushbackInputStream(raw, RejectsFile.BEGINNING);
        isRejectsFile = RejectsFile.isNext(object);
        text = object;
      } else {
        isRejectsFile = known.rejectsFile();
      }

      MemberStarts members = null;
      if (format.compression() == Format.Compression.GZ && !isRejectsFile) {
        members = new MemberStarts();
        text = inflate(text, position, members);
      }
      TextSource source = new TextSource(text, position.memberTextOffset());
      opened = source;
      source.skipTo(position.textOffset());

      long lines = position.line();
      if (known == null) {
        HeaderLine line = headerLine(source, format, isRejectsFile);
        known = isRejectsFile ? RejectsFile.header(line.names()) : new Header(line.names(), false);
        lines = line.lines();
      }
      Rows rows =
          format.type() == Format.Type.JSONL && !isRejectsFile
              ? new JsonRows(source, lines, position.rows())
              : delimitedRows(source, format, known, lines, position.rows());
      ExportReader reader = new ExportReader(source, members, known, rows);
      reader.lookAhead();
      return reader;
    } catch (Throwable e) {
      closeAfter(e, opened);
      throw e;
    }
  }

  @SuppressWarnings(
      "ReferenceEquality") // a stream may throw one exception twice, which can't suppress itself
  private static void closeAfter(Throwable failure, Closeable opened) {
    try {
      opened.close();
    } catch (IOException e) {
      if (e != failure) {
        failure.addSuppressed(e);
      }
    }
  }

  private static InputStream inflate(
      InputStream object, ReadPosition position, MemberStarts members) {
    GzipMembers text =
        new GzipMembers(object, position.memberOffset(), position.memberTextOffset(), members);
    // With one core a second thread would only wait for the first.
    return Runtime.getRuntime().availableProcessors() > 1 ? ReadAhead.start(text) : text;
  }

  private static HeaderLine headerLine(TextSource source, Format format, boolean isRejectsFile)
      throws IOException {
    source.skipByteOrderMark();
    if (isRejectsFile) {
      return HeaderLine.read(source, Dialect.STANDARD);
    }
    return format.header()
        ? HeaderLine.read(source, Dialect.of(format))
        : new HeaderLine(format.columns(), 0);
  }

  private static Rows delimitedRows(
      TextSource source, Format format, Header header, long lines, long count) {
    return header.rejectsFile()
        ? new DelimitedRows(source, Dialect.STANDARD, header, "the header", lines, count)
        : new DelimitedRows(
            source,
            Dialect.of(format),
            header,
            format.header() ? "the header" : "format.columns",
            lines,
            count);
  }

  /** The columns, and whether it is a file of rejected rows. */
  public Header header() {
    return header;
  }

  /**
   * Returns the next row; null at the end of the export.
   *
   * @throws UnreadableExportException {@code UNCLOSED_QUOTE}, {@code TRUNCATED_GZIP} or {@code
   *     CORRUPT_GZIP}
   */
  public @Nullable Row next() throws IOException {
    long before = source.offset();
    Row row = rows.next();
    rowBytes = source.offset() - before;
    lookAhead();
    return row;
  }

  /**
   * Makes sure that the member of the next byte was seen, so that a position does not depend on how
   * far another thread has come: a mark must be the same whoever writes it.
   */
  private void lookAhead() throws IOException {
    if (members != null) {
      source.peek();
      members.forgetBefore(source.offset());
    }
  }

  /** The place behind the last row returned; before the first one, behind the header. */
  public ReadPosition position() {
    long offset = source.offset();
    MemberStarts.Start member =
        members == null ? new MemberStarts.Start(offset, offset) : members.holding(offset);
    return new ReadPosition(
        offset, member.offset(), member.textOffset(), rows.lines(), rows.count());
  }

  /**
   * Bytes of text that the last {@link #next()} took: those of its row, its line end, and what was
   * skipped before it. Not the size of the object's bytes when they are packed.
   */
  public long rowBytes() {
    return rowBytes;
  }

  /**
   * Rows of a file of rejected rows that this reader skipped up to its position: they were not kept
   * when they were rejected, so there is nothing to send. They have no row number.
   */
  public long skipped() {
    return rows.skipped();
  }

  /** Closes the object's bytes, and ends the thread that inflates them. */
  @Override
  public void close() throws IOException {
    source.close();
  }
}
