package io.tapline.report;

import io.tapline.ledger.RowCounts;
import java.util.List;
import java.util.stream.Stream;

/**
 * What became of some of the rows read.
 *
 * @param fate their count's name in {@code report.json}
 * @param words the same for a person
 */
record SumPart(String fate, String words, long count) {

  /** The parts of the sum. What is rare is left out where it did not happen. */
  static List<SumPart> of(RowCounts rows) {
    return Stream.concat(
            Stream.of(
                new SumPart("accepted", "accepted by CleverTap", rows.accepted()),
                new SumPart("rejected", "rejected by Tapline's checks", rows.rejected()),
                new SumPart("refused", "refused by CleverTap", rows.refused())),
            Stream.of(
                    new SumPart("failed", "failed after all retries", rows.failed()),
                    new SumPart(
                        "unknown",
                        "unknown: nobody knows the outcome of their call",
                        rows.unknown()),
                    new SumPart("notSent", "not sent", rows.notSent()))
                .filter(part -> part.count() > 0))
        .toList();
  }
}
