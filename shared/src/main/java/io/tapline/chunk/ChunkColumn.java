package io.tapline.chunk;

/** A column of the rows of a chunk that is being filled. Not thread-safe. */
final class ChunkColumn {

  private final GrowingBytes lengths = new GrowingBytes();
  private final GrowingBytes text = new GrowingBytes();
  private int fields;
  private int width = FilledColumn.NO_TEXT;

  boolean isEmpty() {
    return fields == 0;
  }

  /** Adds a field whose text is so many bytes of {@code bytes} from {@code start} on. */
  void add(byte[] bytes, int start, int length) {
    lengths.putNumber(length + 1);
    text.put(bytes, start, length);
    fields++;
    if (length != width) {
      width = width == FilledColumn.NO_TEXT ? length : FilledColumn.MIXED;
    }
  }

  /** Adds a field that is null. */
  void addNull() {
    lengths.putNumber(0);
    fields++;
  }

  /** Hands out what was added, and is empty again. */
  FilledColumn drain() {
    FilledColumn drained = new FilledColumn(fields, lengths.drain(), text.drain(), width);
    fields = 0;
    width = FilledColumn.NO_TEXT;
    return drained;
  }
}
