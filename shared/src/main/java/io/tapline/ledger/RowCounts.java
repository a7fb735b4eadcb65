package io.tapline.ledger;

/**
 * What became of rows. Every row read is exactly one of the others.
 *
 * @param accepted CleverTap took it
 * @param rejected refused by our rules
 * @param refused refused by CleverTap
 * @param failed retries used up
 * @param unknown held back, since nobody knows the outcome of its call
 * @param notSent the run was stopped before it
 */
public record RowCounts(
    long read,
    long accepted,
    long rejected,
    long refused,
    long failed,
    long unknown,
    long notSent) {

  /** No rows at all. */
  public static final RowCounts NONE = new RowCounts(0, 0, 0, 0, 0, 0, 0);

  /** So many rows that our rules refuse. */
  public static RowCounts rejected(int rows) {
    return new RowCounts(rows, 0, rows, 0, 0, 0, 0);
  }

  /** Both together. */
  public RowCounts plus(RowCounts other) {
    return new RowCounts(
        read + other.read,
        accepted + other.accepted,
        rejected + other.rejected,
        refused + other.refused,
        failed + other.failed,
        unknown + other.unknown,
        notSent + other.notSent);
  }

  /** Whether every row read is accounted for, and none twice. */
  public boolean addUp() {
    return read == accepted + rejected + refused + failed + unknown + notSent;
  }
}
