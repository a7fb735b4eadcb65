package io.tapline.job;

import io.tapline.ledger.SegmentEnd;
import io.tapline.ledger.SegmentStep;
import java.time.Instant;

/** What is to be done next for the segment of a custom list. */
sealed interface SegmentMove {

  /**
   * A step is to be tried.
   *
   * @param number which try of this step it is, from 1
   * @param url the try of the first step whose URL it uses; of that step itself, {@code number}
   * @param again whether the credentials were refused and must be read anew before
   */
  record Try(SegmentStep step, int number, int url, boolean again) implements SegmentMove {}

  /**
   * Nothing, for now.
   *
   * @param reason for a log; holds no secret and nothing of a row
   */
  record Wait(Instant until, String reason) implements SegmentMove {}

  /** Nothing any more: it is known what became of the list. */
  record Over(SegmentEnd end) implements SegmentMove {}
}
