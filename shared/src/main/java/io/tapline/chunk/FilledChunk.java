package io.tapline.chunk;

import java.util.List;

/**
 * The rows of a chunk as {@link ChunkBuffer} took them in: what {@link StoredRows#pack} packs. Its
 * arrays are not to be written to.
 */
public final class FilledChunk {

  private final int rows;
  private final byte[] numbers;
  private final byte[] kinds;
  private final List<FilledColumn> columns;

  FilledChunk(int rows, byte[] numbers, byte[] kinds, List<FilledColumn> columns) {
    this.rows = rows;
    this.numbers = numbers;
    this.kinds = kinds;
    this.columns = columns;
  }

  /** The bytes that it takes in memory. */
  public long size() {
    long size = (long) numbers.length + kinds.length;
    for (FilledColumn column : columns) {
      size += (long) column.lengths.length + column.text.length;
    }
    return size;
  }

  int rows() {
    return rows;
  }

  /** Of each row its number, as the distance from the one before. */
  byte[] numbers() {
    return numbers;
  }

  /** Of each row its {@link RowKind}. */
  byte[] kinds() {
    return kinds;
  }

  List<FilledColumn> columns() {
    return columns;
  }
}
