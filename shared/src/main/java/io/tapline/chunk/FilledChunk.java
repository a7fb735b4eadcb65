package io.tapline.chunk;

import java.util.List;

/**
 * The rows of a chunk as {@link ChunkBuffer} took them in: what {@link StoredRows#pack} packs.
 *
 * @param parts the stored form, cut into pieces; not to be written to
 */
public record FilledChunk(List<byte[]> parts) {

  /** The bytes that it takes in memory. */
  public long size() {
    return parts.stream().mapToLong(part -> part.length).sum();
  }
}
