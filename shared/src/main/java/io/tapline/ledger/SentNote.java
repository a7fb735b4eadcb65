package io.tapline.ledger;

import java.time.Instant;
import java.util.List;

/**
 * A call of events is about to be made.
 *
 * @param at before it is made; whoever makes it is over a function's timeout later
 * @param rows its rows, in the order of the export; none when no call is made any more, since the
 *     outcome is about to be written
 */
public record SentNote(Instant at, List<RowRange> rows) {}
