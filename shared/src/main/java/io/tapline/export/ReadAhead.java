package io.tapline.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream on a thread of its own, some buffers ahead: inflating and parsing take about as
 * long as each other, and so they run at the same time. What the stream throws is thrown to the
 * reader when it gets there. For use by one reader.
 */
final class ReadAhead extends InputStream {

  private static final int BUFFERS = 4;
  private static final int BUFFER = 256 * 1024;

  private static final class Buffer {
    private final byte[] bytes = new byte[BUFFER];
    private int length;
    private boolean isLast;
    private @Nullable Throwable failure;
  }

  private final InputStream in;
  private final BlockingQueue<Buffer> empty = new ArrayBlockingQueue<>(BUFFERS);
  private final BlockingQueue<Buffer> full = new ArrayBlockingQueue<>(BUFFERS);
  private final Thread thread;
  private @Nullable Buffer current;
  private int position;
  private volatile @Nullable IOException closeFailure;

  private ReadAhead(InputStream in) {
    this.in = in;
    for (int i = 0; i < BUFFERS; i++) {
      empty.add(new Buffer());
    }
    this.thread = Thread.ofPlatform().daemon().name("tapline-inflate").unstarted(this::fillBuffers);
  }

  /**
   * Starts to read.
   *
   * @param in from now on the thread's alone, which closes it
   */
  static ReadAhead start(InputStream in) {
    ReadAhead ahead = new ReadAhead(in);
    ahead.thread.start();
    return ahead;
  }

  private void fillBuffers() {
    try {
      Buffer buffer;
      do {
        buffer = empty.take();
        fill(buffer);
        full.put(buffer);
      } while (!buffer.isLast);
    } catch (InterruptedException e) {
      // Closed: nobody waits for more.
    } finally {
      closeStream();
    }
  }

  private void closeStream() {
    try {
      in.close();
    } catch (IOException e) {
      closeFailure = e;
    }
  }

  private void fill(Buffer buffer) {
    buffer.length = 0;
    try {
      int count = 0;
      while (count >= 0 && buffer.length < BUFFER) {
        count = in.read(buffer.bytes, buffer.length, BUFFER - buffer.length);
        buffer.length += Math.max(0, count);
      }
      buffer.isLast = count < 0;
    } catch (Throwable e) { // an Error is the reader's too: on this thread nobody would see it
      buffer.failure = e;
      buffer.isLast = true;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    Buffer buffer = current;
    while (buffer == null || position == buffer.length) {
      if (buffer != null && buffer.isLast) {
        rethrow(buffer.failure);
        return -1;
      }
      buffer = nextBuffer(buffer);
    }
    int count = Math.min(length, buffer.length - position);
    System.arraycopy(buffer.bytes, position, target, from, count);
    position += count;
    return count;
  }

  private Buffer nextBuffer(@Nullable Buffer used) throws IOException {
    try {
      if (used != null) {
        empty.put(used);
      }
      Buffer next = full.take();
      current = next;
      position = 0;
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for text of the export");
    }
  }

  private static void rethrow(@Nullable Throwable failure) throws IOException {
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new AssertionError(failure); // read() declares no other
    }
  }

  /**
   * Stops the thread and waits for it: for as long as the read that it is in takes, if it does not
   * heed interruption.
   */
  @Override
  public void close() throws IOException {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    IOException failure = closeFailure;
    if (failure != null) {
      throw failure;
    }
  }
}
