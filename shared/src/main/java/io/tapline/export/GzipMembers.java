package io.tapline.export;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates a gz object of any number of members (<a
 * href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>). Each one's checksum and length are
 * checked, and nothing but zeros may follow the last: {@link java.util.zip.GZIPInputStream} takes a
 * damaged second member for padding and ends there, as if all had been read. Not for use by several
 * threads.
 */
final class GzipMembers extends InputStream {

  private static final int BUFFER = 128 * 1024;

  private static final int DEFLATE = 8;
  private static final int HEADER_CRC = 1 << 1;
  private static final int EXTRA = 1 << 2;
  private static final int NAME = 1 << 3;
  private static final int COMMENT = 1 << 4;
  private static final int RESERVED = 0xE0;

  private final InputStream raw;
  private final MemberStarts starts;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] bytes = new byte[BUFFER];
  private final long firstOffset;
  private long bufferOffset;
  private int position;
  private int limit;
  private long textOffset;
  private long memberOffset;
  private long memberTextOffset;
  private boolean inMember;

  /**
   * @param raw the object's bytes from the start of a member on; closed with this stream
   * @param offset where in the object that is
   * @param textOffset bytes of inflated text before it
   * @param starts is told of each member before the first byte of its text is read
   */
  GzipMembers(InputStream raw, long offset, long textOffset, MemberStarts starts) {
    this.raw = raw;
    this.firstOffset = offset;
    this.bufferOffset = offset;
    this.textOffset = textOffset;
    this.starts = starts;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /**
   * Inflates some bytes.
   *
   * @throws UnreadableExportException {@code NOT_GZIP}, {@code TRUNCATED_GZIP} or {@code
   *     CORRUPT_GZIP}
   */
  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (inMember || startMember()) {
      int count = inflate(target, from, length);
      if (count > 0) {
        crc.update(target, from, count);
        textOffset += count;
        return count;
      }
      if (inflater.finished()) {
        endMember();
      }
    }
    return -1;
  }

  private int inflate(byte[] target, int from, int length) throws IOException {
    if (inflater.needsInput()) {
      if (position == limit && !fill()) {
        throw truncated();
      }
      inflater.setInput(bytes, position, limit - position);
    }
    try {
      int count = inflater.inflate(target, from, length);
      position = limit - inflater.getRemaining();
      if (inflater.needsDictionary()) {
        throw corrupt("asks for a preset dictionary");
      }
      return count;
    } catch (DataFormatException e) {
      throw corrupt("does not inflate");
    }
  }

  /** Reads the header of a member; false if there is no further one. */
  private boolean startMember() throws IOException {
    memberOffset = offset();
    int first = next();
    if (memberOffset != firstOffset && (first < 0 || first == 0)) {
      skipPadding();
      return false;
    }
    if (first < 0) {
      throw new UnreadableExportException(
          "EMPTY_EXPORT", "the object has 0 bytes; see whether the query or the export failed");
    }
    readHeader(first);
    inflater.reset();
    crc.reset();
    memberTextOffset = textOffset;
    starts.add(memberOffset, textOffset);
    inMember = true;
    return true;
  }

  /** What archivers fill up with: zeros to the end of the object. */
  private void skipPadding() throws IOException {
    int padding;
    do {
      padding = next();
    } while (padding == 0);
    if (padding > 0) {
      throw corrupt("is followed by something else than a member or zeros");
    }
  }

  private void readHeader(int first) throws IOException {
    crc.reset();
    crc.update(first);
    if (first != 0x1F || headerByte() != 0x8B) {
      if (memberOffset == 0) {
        throw new UnreadableExportException(
            "NOT_GZIP",
            "the key or the sync says gz, but the object does not begin like a gz file; set"
                + " format.compression to none if it is plain");
      }
      throw corrupt("does not begin like a member");
    }
    int method = headerByte();
    int flags = headerByte();
    if (method != DEFLATE || (flags & RESERVED) != 0) {
      throw corrupt("has an unknown compression method or flag");
    }
    skipHeader(6); // time, extra flags, operating system
    if ((flags & EXTRA) != 0) {
      skipHeader(headerByte() | headerByte() << 8);
    }
    if ((flags & NAME) != 0) {
      skipHeaderText();
    }
    if ((flags & COMMENT) != 0) {
      skipHeaderText();
    }
    if ((flags & HEADER_CRC) != 0) {
      long computed = crc.getValue() & 0xFFFF;
      if ((headerByte() | headerByte() << 8) != computed) {
        throw corrupt("has a header whose checksum is wrong");
      }
    }
  }

  private void skipHeader(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      headerByte();
    }
  }

  private void skipHeaderText() throws IOException {
    int b;
    do {
      b = headerByte();
    } while (b != 0);
  }

  private int headerByte() throws IOException {
    int b = memberByte();
    crc.update(b);
    return b;
  }

  private void endMember() throws IOException {
    if (littleEndianInt() != (int) crc.getValue()) {
      throw corrupt("has text whose checksum is wrong");
    }
    if (littleEndianInt() != (int) (textOffset - memberTextOffset)) {
      throw corrupt("has text of another length than it says");
    }
    inMember = false;
  }

  private int littleEndianInt() throws IOException {
    return memberByte() | memberByte() << 8 | memberByte() << 16 | memberByte() << 24;
  }

  private int memberByte() throws IOException {
    int b = next();
    if (b < 0) {
      throw truncated();
    }
    return b;
  }

  /** The next byte of the object, 0 to 255; -1 at its end. */
  private int next() throws IOException {
    return position < limit || fill() ? bytes[position++] & 0xFF : -1;
  }

  private boolean fill() throws IOException {
    bufferOffset += limit;
    position = 0;
    limit = Math.max(0, raw.read(bytes, 0, bytes.length));
    return limit > 0;
  }

  private long offset() {
    return bufferOffset + position;
  }

  private UnreadableExportException truncated() {
    return new UnreadableExportException(
        "TRUNCATED_GZIP",
        ("the object ends at byte %d, within the gz member that starts at byte %d;"
                + " it was not written to its end: export it again")
            .formatted(offset(), memberOffset));
  }

  private UnreadableExportException corrupt(String what) {
    return new UnreadableExportException(
        "CORRUPT_GZIP",
        "the gz member that starts at byte %d of the object %s (found at byte %d); export it again"
            .formatted(memberOffset, what, offset()));
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    raw.close();
  }
}
