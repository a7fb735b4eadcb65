package io.tapline.local.chaos;

/** Counts the calls that are under way. For the tasks of one timeline, which run one at a time. */
final class Traffic {

  private int now;
  private int most;

  void come() {
    now++;
    most = Math.max(most, now);
  }

  void go() {
    now--;
  }

  /** The most calls that were under way at once. */
  int most() {
    return most;
  }
}
