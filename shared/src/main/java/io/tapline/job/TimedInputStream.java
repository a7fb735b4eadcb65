package io.tapline.job;

import io.tapline.aws.TimeBudget;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Bytes of an export for as long as there is time, then an {@link OutOfTimeException}. Whoever goes
 * on within a gz member inflates it from its start and throws away what was read before, which may
 * take longer than an invocation and never comes to a row.
 */
final class TimedInputStream extends FilterInputStream {

  private final TimeBudget budget;
  private final Duration reserve;

  /**
   * @param reserve what is kept back of the budget
   */
  TimedInputStream(InputStream bytes, TimeBudget budget, Duration reserve) {
    super(bytes);
    this.budget = budget;
    this.reserve = reserve;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    checkTime();
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    checkTime(); // after it: the read may be what took the time
    return read;
  }

  private void checkTime() {
    if (!budget.allows(reserve)) {
      throw new OutOfTimeException();
    }
  }
}
