package io.tapline.clevertap;

/** What the calls for one chunk came to, over all receives of its message. Not thread-safe. */
public final class CallCounts {

  private int calls;
  private int retries;
  private int throttled;
  private long sentAgainAfterUnknown;

  /** No call was made yet. */
  public CallCounts() {
    this(0, 0, 0, 0);
  }

  /** Goes on from what earlier calls came to. */
  public CallCounts(int calls, int retries, int throttled, long sentAgainAfterUnknown) {
    this.calls = calls;
    this.retries = retries;
    this.throttled = throttled;
    this.sentAgainAfterUnknown = sentAgainAfterUnknown;
  }

  void called(boolean again) {
    calls++;
    if (again) {
      retries++;
    }
  }

  void throttled() {
    throttled++;
  }

  /** Records are sent again that a call may have brought already. */
  public void sendingAgain(int records) {
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
