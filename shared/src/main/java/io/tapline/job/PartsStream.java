package io.tapline.job;

import io.tapline.ledger.JobLedger;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A custom list, put together while it is read: the header line and its parts, a few of which are
 * fetched ahead. A part has about 4 MiB at most, so memory does not depend on the list. Not
 * thread-safe, but it may be read and closed by different threads one after another.
 */
final class PartsStream extends InputStream {

  private static final byte[] HEADER = "Type,Identity\n".getBytes(StandardCharsets.US_ASCII);

  static final int HEADER_BYTES = HEADER.length;

  private static final int AHEAD = 4;

  private final JobLedger ledger;
  private final Iterator<ListParts.Located> parts;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Deque<Future<byte[]>> ahead = new ArrayDeque<>();
  private InputStream current = new ByteArrayInputStream(HEADER);

  /** Reads these parts, in this order. */
  PartsStream(JobLedger ledger, List<ListParts.Located> parts) {
    this.ledger = ledger;
    this.parts = parts.iterator();
    fetchAhead();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count = current.read(bytes, offset, length);
    while (count < 0) {
      Future<byte[]> next = ahead.poll();
      if (next == null) {
        return -1;
      }
      current = new ByteArrayInputStream(await(next));
      fetchAhead();
      count = current.read(bytes, offset, length);
    }
    return count;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  private void fetchAhead() {
    while (ahead.size() < AHEAD && parts.hasNext()) {
      ListParts.Located located = parts.next();
      ahead.add(executor.submit(() -> fetch(located)));
    }
  }

  private byte[] fetch(ListParts.Located located) {
    byte[] csv = ledger.run(located.run()).part(located.chunk());
    if (csv.length != located.part().bytes()) {
      throw new IllegalStateException(
          "part %s of run %d has %d bytes; its outcome says %d"
              .formatted(located.chunk(), located.run(), csv.length, located.part().bytes()));
    }
    return csv;
  }

  private static byte[] await(Future<byte[]> fetched) throws IOException {
    try {
      return fetched.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a part of the list could not be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
