package io.tapline.clevertap;

/** What the calls for one chunk came to. Not thread-safe. */
public final class CallCounts {

  private int calls;
  private int retries;
  private int throttled;
  private long sentAgainAfterUnknown;

  void called(boolean again) {
    calls++;
    if (again) {
      retries++;
    }
  }

  void throttled() {
    throttled++;
  }

  void sentAgainAfterUnknown(int records) {
    sentAgainAfterUnknown += records;
  }

  /** Calls made. */
  public int calls() {
    return calls;
  }

  /** Calls made again after one that did not go well. */
  public int retries() {
    return retries;
  }

  /** Calls answered with 429. */
  public int throttledCalls() {
    return throttled;
  }

  /** Records of events that were sent again after a call whose outcome nobody knows. */
  public long recordsSentAgain() {
    return sentAgainAfterUnknown;
  }
}
