package io.tapline.clevertap;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Remembers why a list could not be read while it was sent: an HTTP client tells it as a broken
 * connection. Safe for use by several threads.
 */
final class ReadFailure {

  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

  /** The same stream, watched. */
  InputStream watch(InputStream list) {
    return new FilterInputStream(list) {
      @Override
      public int read() throws IOException {
        try {
          return super.read();
        } catch (RuntimeException e) {
          failure.compareAndSet(null, e);
          throw e;
        }
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
          return super.read(bytes, offset, length);
        } catch (RuntimeException e) {
          failure.compareAndSet(null, e);
          throw e;
        }
      }
    };
  }

  /** Throws what went wrong; does nothing when nothing did. */
  void rethrow() {
    RuntimeException first = failure.get();
    if (first != null) {
      throw first;
    }
  }
}
