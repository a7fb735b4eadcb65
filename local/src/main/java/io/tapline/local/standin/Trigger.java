package io.tapline.local.standin;

/** When a fault strikes: for a share of what comes, at given numbers, or at every n-th. */
sealed interface Trigger {

  /**
   * Whether the fault strikes this time.
   *
   * @param number of the call on this server, or of the record in its call; 1 is the first
   * @param draw 64 random bits that belong to this call or record
   */
  boolean strikes(long number, long draw);

  /** A share of 0 to 1. */
  record Share(double share) implements Trigger {
    @Override
    public boolean strikes(long number, long draw) {
      return (draw >>> 11) * 0x1.0p-53 < share;
    }
  }

  /** The numbers from {@code first} to {@code last}, both included. */
  record Numbers(long first, long last) implements Trigger {
    @Override
    public boolean strikes(long number, long draw) {
      return number >= first && number <= last;
    }
  }

  /** {@code n}, {@code 2n}, {@code 3n} … */
  record Every(long n) implements Trigger {
    @Override
    public boolean strikes(long number, long draw) {
      return number % n == 0;
    }
  }
}
