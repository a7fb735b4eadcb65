package io.tapline.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One version of an object, read in pinned ranges with the next one fetched ahead: a slow reader of
 * one long GET would be cut off, and a cut range is simply read again. Holds two ranges at most.
 * Not thread-safe.
 */
public final class RangedInputStream extends InputStream {

  /**
   * Large enough that the latency of a request does not count, small enough for a small function.
   */
  public static final int RANGE_BYTES = 8 << 20;

  private final ObjectStore store;
  private final ObjectVersion version;
  private final ExecutorService ahead = Executors.newVirtualThreadPerTaskExecutor();
  private long nextOffset;
  private @Nullable Future<byte[]> next;
  private byte[] range = new byte[0];
  private int position;

  /**
   * Reads from byte {@code offset} of the object on. Each read may throw what {@link
   * ObjectStore#read} throws.
   */
  public RangedInputStream(ObjectStore store, ObjectVersion version, long offset) {
    this.store = store;
    this.version = version;
    this.nextOffset = offset;
    fetchAhead();
  }

  @Override
  public int read() throws IOException {
    return ensure() ? range[position++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!ensure()) {
      return -1;
    }
    int step = Math.min(length, range.length - position);
    System.arraycopy(range, position, bytes, offset, step);
    position += step;
    return step;
  }

  @Override
  public void close() {
    ahead.shutdownNow();
  }

  private boolean ensure() throws IOException {
    while (position == range.length) {
      Future<byte[]> fetched = next;
      if (fetched == null) {
        return false;
      }
      range = await(fetched);
      position = 0;
      fetchAhead();
    }
    return true;
  }

  private void fetchAhead() {
    if (nextOffset >= version.size()) {
      next = null;
      return;
    }
    long from = nextOffset;
    int length = (int) Math.min(RANGE_BYTES, version.size() - from);
    nextOffset += length;
    next = ahead.submit(() -> store.read(version, from, length));
  }

  private static byte[] await(Future<byte[]> fetched) throws IOException {
    try {
      return fetched.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
