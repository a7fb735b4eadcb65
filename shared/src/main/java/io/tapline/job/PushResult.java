package io.tapline.job;

import java.time.Duration;

/** What an invocation did for a chunk. */
public sealed interface PushResult {

  /** Its outcome is written: the message can go. */
  record Done() implements PushResult {}

  /**
   * It has to wait, and its lane with it.
   *
   * @param delay for how long
   * @param outage whether CleverTap is out of reach, so that all lanes should slow down
   * @param reason for a log; holds nothing of a row
   */
  record Later(Duration delay, boolean outage, String reason) implements PushResult {}
}
