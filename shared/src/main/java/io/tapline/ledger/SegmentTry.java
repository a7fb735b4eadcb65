package io.tapline.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try of a segment's step.
 *
 * @param number from 1, for each step
 * @param url the try of {@link SegmentStep#URL} whose URL it uses; of that step itself, {@code
 *     number}
 * @param sentAt when it was about to be made
 * @param reply how it ended; null when nobody wrote that down (yet)
 */
public record SegmentTry(
    SegmentStep step, int number, int url, Instant sentAt, @Nullable SegmentReply reply) {}
