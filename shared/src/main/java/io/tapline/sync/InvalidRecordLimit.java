package io.tapline.sync;

/**
 * How many rows of an export may be invalid before the job stops with nothing sent: a number or a
 * share.
 */
public sealed interface InvalidRecordLimit {

  /** Whether {@code invalid} of {@code read} rows is over the limit. */
  boolean isExceeded(long invalid, long read);

  /** At most this many rows. */
  record Count(long rows) implements InvalidRecordLimit {
    @Override
    public boolean isExceeded(long invalid, long read) {
      return invalid > rows;
    }
  }

  /** At most this share of the rows read, in percent, 0 to 100. */
  record Percent(double percent) implements InvalidRecordLimit {
    @Override
    public boolean isExceeded(long invalid, long read) {
      return invalid * 100.0 > percent * read;
    }
  }
}
