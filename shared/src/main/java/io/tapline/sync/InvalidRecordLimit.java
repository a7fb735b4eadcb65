package io.tapline.sync;

import java.math.BigDecimal;

/**
 * How many rows of an export may be invalid before the job stops with nothing sent: a number or a
 * share.
 */
public sealed interface InvalidRecordLimit {

  /** Whether {@code invalid} of {@code read} rows is over the limit. */
  boolean isExceeded(long invalid, long read);

  /** At most this many rows. */
  record Count(long rows) implements InvalidRecordLimit {

    /** As the settings have it. */
    @Override
    public String toString() {
      return Long.toString(rows);
    }

    @Override
    public boolean isExceeded(long invalid, long read) {
      return invalid > rows;
    }
  }

  /** At most this share of the rows read, in percent, 0 to 100. */
  record Percent(double percent) implements InvalidRecordLimit {

    /** As the settings have it. */
    @Override
    public String toString() {
      return BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString() + "%";
    }

    @Override
    public boolean isExceeded(long invalid, long read) {
      return invalid * 100.0 > percent * read;
    }
  }
}
