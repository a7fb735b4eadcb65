package io.tapline.bench.data;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * The text of a made-up export of any size, any part of which can be had without the part before
 * it. A block of some thousand rows is made from a seed; the export is that block over and over,
 * with identities that count on, so that each row is another user's. The same arguments give the
 * same bytes. What repeats does so too far apart for gzip to notice.
 */
public final class GeneratedText implements Content {

  private static final long SEED = 20_261_124;
  private static final int BLOCK_ROWS = 10_000;

  /** Where the digits of an identity end in a row depends on the form; they are found by this. */
  private static final byte[] USER = "user-".getBytes(StandardCharsets.US_ASCII);

  private static final int USER_DIGITS = 12;

  private final byte[] header;
  private final long rows;
  private final long size;
  private final byte[] block;

  /** Where each row of the block starts, and where the last one ends. */
  private final int[] starts = new int[BLOCK_ROWS + 1];

  /** Where the digits of each row's identity are. */
  private final int[] digits = new int[BLOCK_ROWS];

  /** Which block it is that {@code block} holds at the moment. */
  private long current;

  /** An export of this many rows, one at least. */
  public GeneratedText(Shape shape, TextForm form, long rows) {
    this.rows = rows;
    this.header = form.header(shape.columns());
    SplittableRandom random = new SplittableRandom(SEED);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int row = 0; row < BLOCK_ROWS; row++) {
      byte[] line = form.row(shape.columns(), shape.row(row, random));
      starts[row] = text.size();
      digits[row] = text.size() + indexOfUser(line) + USER.length;
      text.writeBytes(line);
    }
    starts[BLOCK_ROWS] = text.size();
    this.block = text.toByteArray();
    this.size =
        header.length
            + rows / BLOCK_ROWS * block.length
            + starts[Math.toIntExact(rows % BLOCK_ROWS)];
  }

  /** An export of about this many bytes. */
  public static GeneratedText ofSize(Shape shape, TextForm form, long bytes) {
    GeneratedText block = new GeneratedText(shape, form, BLOCK_ROWS);
    long rows = Math.max(1, (long) ((double) bytes / block.block.length * BLOCK_ROWS));
    return new GeneratedText(shape, form, rows);
  }

  private static int indexOfUser(byte[] line) {
    int at = 0;
    while (!startsWithUser(line, at)) {
      at++;
    }
    return at;
  }

  private static boolean startsWithUser(byte[] line, int at) {
    for (int i = 0; i < USER.length; i++) {
      if (line[at + i] != USER[i]) {
        return false;
      }
    }
    return true;
  }

  /** The number of rows. */
  public long rows() {
    return rows;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public synchronized byte[] read(long from, int length) {
    byte[] read = new byte[(int) Math.min(length, size - from)];
    int done = 0;
    if (from < header.length) {
      done = Math.min(read.length, header.length - (int) from);
      System.arraycopy(header, (int) from, read, 0, done);
    }
    while (done < read.length) {
      long at = from + done - header.length;
      moveTo(at / block.length);
      int offset = (int) (at % block.length);
      int step = Math.min(read.length - done, block.length - offset);
      System.arraycopy(block, offset, read, done, step);
      done += step;
    }
    return read;
  }

  private void moveTo(long number) {
    if (number == current) {
      return;
    }
    current = number;
    for (int row = 0; row < BLOCK_ROWS; row++) {
      long user = number * BLOCK_ROWS + row;
      for (int at = digits[row] + USER_DIGITS - 1; at >= digits[row]; at--) {
        block[at] = (byte) ('0' + user % 10);
        user /= 10;
      }
    }
  }
}
