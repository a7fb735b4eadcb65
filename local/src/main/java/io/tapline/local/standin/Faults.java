package io.tapline.local.standin;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the stand-in does wrong, and when. Written as items with commas between them, such as {@code
 * latency=200ms,429=0.05,reset-after=0.01,500-before=#3,555=0.02x2}:
 *
 * <ul>
 *   <li>{@code latency=200ms}: each call takes at least so long ({@code ms} or {@code s}).
 *   <li>{@code seed=7}: what shares are drawn from; 0 when it is not given.
 *   <li>{@code retry-after=2}: replies 429 and 503 carry {@code Retry-After} with so many seconds.
 *   <li>{@code FAULT=WHEN}, for calls. FAULT is, with the call not processed: {@code 400}, {@code
 *       401}, {@code 403}, {@code 413}, {@code 429}, {@code 503}, {@code 500-before}, {@code
 *       502-before}, {@code 504-before}, {@code reset-before} (the connection is reset), {@code
 *       hang-before} (it stays open without a reply), {@code not-generated} (there is no URL for a
 *       custom list; only for {@code segment-url}); with the call processed and its reply lost:
 *       {@code 500-after}, {@code 502-after}, {@code 504-after}, {@code reset-after}, {@code
 *       hang-after}; with the reply changed: {@code close} (the connection is closed after it),
 *       {@code unnumbered} (no record numbers), {@code miscount} (one processed too few), {@code
 *       reversed} (refusals last record first).
 *   <li>{@code 555=WHEN} or {@code 555=WHENxN}, for records that are valid: refused with the code
 *       555 once or N times, then accepted.
 *   <li>{@code partial=WHEN:CODE}, for records that are valid: refused with this code each time.
 * </ul>
 *
 * <p>{@code API:} before FAULT, {@code 555} or {@code partial} limits it to one API, such as {@code
 * segment-put:403=#1}: {@code upload}, {@code demerge}, {@code subscribe}, {@code disassociate}, or
 * one of the steps of a custom list, {@code segment-url}, {@code segment-put} (to S3, which answers
 * 403 when a URL has expired; what is reset before it is processed is not read either), {@code
 * segment-complete}. Records are those of {@code upload}, {@code subscribe} and {@code
 * disassociate}.
 *
 * <p>WHEN is a share from 0 to 1 ({@code 0.05}), a number or numbers ({@code #3}, {@code #3-8}), or
 * every n-th ({@code /10}). For calls it counts the calls that are let in, of the API when it is
 * limited to one, from 1; for records those of one call, from 1. The share of records is drawn from
 * their content, so that it hits the same records in whatever calls they come. An item may be
 * repeated; the first that strikes is the one that happens.
 *
 * <p>Immutable.
 */
public final class Faults {

  private static final Faults NONE = parse("");

  /**
   * A fault of calls, and when it strikes.
   *
   * @param only the API that it is limited to; null: all of them
   */
  record CallRule(@Nullable Api only, CallFault fault, Trigger when) {}

  /**
   * A fault of records, and when it strikes.
   *
   * @param only the API that it is limited to; null: all of them
   * @param times how often a record is refused before it is accepted; {@link Integer#MAX_VALUE}: it
   *     never is
   */
  record RecordRule(@Nullable Api only, int code, int times, Trigger when) {}

  private final Duration latency;
  private final long seed;
  private final @Nullable Integer retryAfter;
  private final List<CallRule> callRules;
  private final List<RecordRule> recordRules;

  Faults(
      Duration latency,
      long seed,
      @Nullable Integer retryAfter,
      List<CallRule> callRules,
      List<RecordRule> recordRules) {
    this.latency = latency;
    this.seed = seed;
    this.retryAfter = retryAfter;
    this.callRules = List.copyOf(callRules);
    this.recordRules = List.copyOf(recordRules);
  }

  /** No faults at all. */
  public static Faults none() {
    return NONE;
  }

  /**
   * Reads faults from their text; an empty one means none.
   *
   * @throws IllegalArgumentException when an item is unknown or malformed; the message names it and
   *     what is allowed
   */
  public static Faults parse(String text) {
    return new FaultSyntax().read(text);
  }

  /** How long each call takes at least. */
  Duration latency() {
    return latency;
  }

  /** In seconds; null when such replies carry none. */
  @Nullable Integer retryAfter() {
    return retryAfter;
  }

  /**
   * What goes wrong with a call.
   *
   * @param number its place among all calls; 1 is the first
   * @param numberOfApi its place among those of its API; 1 is the first
   */
  Optional<CallFault> ofCall(Api api, long number, long numberOfApi) {
    for (int i = 0; i < callRules.size(); i++) {
      CallRule rule = callRules.get(i);
      long counted = rule.only() == null ? number : numberOfApi;
      if (isFor(rule.only(), api) && rule.when().strikes(counted, draw(i, counted))) {
        return Optional.of(rule.fault());
      }
    }
    return Optional.empty();
  }

  /**
   * What goes wrong with a record.
   *
   * @param number its place in its call; 1 is the first
   * @param digest of its content
   */
  Optional<RecordRule> ofRecord(Api api, int number, long digest) {
    for (int i = 0; i < recordRules.size(); i++) {
      RecordRule rule = recordRules.get(i);
      if (isFor(rule.only(), api) && rule.when().strikes(number, draw(-1 - i, digest))) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  private static boolean isFor(@Nullable Api only, Api api) {
    return only == null || only == api;
  }

  private long draw(int rule, long of) {
    return Digest.mix(Digest.mix(Digest.mix(seed) + rule) + of);
  }
}
