package io.tapline.chunk;

/** A column of the rows of a chunk that is being filled. Not thread-safe. */
final class ChunkColumn {

  final GrowingBytes lengths = new GrowingBytes();
  final GrowingBytes text = new GrowingBytes();

  /** Adds a field whose text is so many bytes of {@code bytes} from {@code start} on. */
  void add(byte[] bytes, int start, int length) {
    lengths.putNumber(length + 1);
    text.put(bytes, start, length);
  }

  /** Adds a field that is null. */
  void addNull() {
    lengths.putNumber(0);
  }
}
