package io.tapline.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 262_143, 262_144, 262_145, 5_000_000})
  void handsOverAllBytes(int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    try (InputStream ahead = ReadAhead.start(new ByteArrayInputStream(bytes))) {
      assertThat(ahead.read(new byte[1], 0, 0)).isZero();
      assertThat(ahead.readAllBytes()).isEqualTo(bytes);
      assertThat(ahead.read()).isEqualTo(-1);
    }
  }

  static Throwable[] failures() {
    return new Throwable[] {
      new IOException("reset"),
      new UnreadableExportException("CORRUPT_GZIP", "corrupt"),
      new OutOfMemoryError("none left")
    };
  }

  @ParameterizedTest
  @MethodSource("failures")
  void throwsWhatTheStreamThrewBehindItsBytes(Throwable failure) throws IOException {
    try (InputStream ahead = ReadAhead.start(new Failing(failure))) {
      assertThat(ahead.read()).isEqualTo(42);
      assertThatThrownBy(ahead::read).isSameAs(failure);
      assertThatThrownBy(ahead::read).isSameAs(failure);
    }
  }

  @Test
  void closeEndsTheThreadAndClosesTheStream() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 1;
          }

          @Override
          public void close() {
            closed.set(true);
          }
        };
    InputStream ahead = ReadAhead.start(endless);
    assertThat(ahead.read()).isEqualTo(1);
    ahead.close();
    assertThat(closed).isTrue();
  }

  @Test
  void closeTellsThatTheStreamDidNotClose() {
    InputStream ahead =
        ReadAhead.start(
            new ByteArrayInputStream(new byte[1]) {
              @Override
              public void close() throws IOException {
                throw new IOException("does not close");
              }
            });
    assertThatThrownBy(ahead::close).isInstanceOf(IOException.class).hasMessage("does not close");
  }

  @Test
  void aReaderThatIsInterruptedStaysInterrupted() throws IOException {
    try (InputStream ahead = ReadAhead.start(new ByteArrayInputStream(new byte[1]))) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(ahead::read).isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /** A byte, then a failure. */
  private static final class Failing extends InputStream {

    private final Throwable failure;
    private boolean isSecond;

    Failing(Throwable failure) {
      this.failure = failure;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      if (!isSecond) {
        isSecond = true;
        target[from] = 42;
        return 1;
      }
      switch (failure) {
        case IOException e -> throw e;
        case RuntimeException e -> throw e;
        default -> throw (Error) failure;
      }
    }
  }
}
