package io.tapline.bench.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** A file. */
public final class FileContent implements Content, AutoCloseable {

  private static final int COPY_BYTES = 1 << 20;

  private final FileChannel channel;
  private final long size;

  /** Opens a file. */
  public FileContent(Path file) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.size = channel.size();
  }

  /**
   * Writes content to a file.
   *
   * @param gz whether it is packed, as one member
   */
  public static void write(Content content, Path file, boolean gz) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      copy(content, out, gz);
    }
  }

  /** Writes content to a stream and closes it. */
  static void copy(Content content, OutputStream raw, boolean gz) throws IOException {
    try (OutputStream out =
        gz ? new GZIPOutputStream(new BufferedOutputStream(raw, COPY_BYTES), COPY_BYTES) : raw) {
      for (long at = 0; at < content.size(); at += COPY_BYTES) {
        out.write(content.read(at, COPY_BYTES));
      }
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public byte[] read(long from, int length) {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(length, size - from));
    try {
      while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
        // On to the rest.
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
