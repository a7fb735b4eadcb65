package io.tapline.local.standin;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Counts calls, and spoils them as {@link Faults} say. Safe for several threads. */
final class CallFaults {

  /**
   * What a call does when nothing goes wrong.
   *
   * @param <E> what it may throw
   */
  @FunctionalInterface
  interface Work<E extends Exception> {
    Reply reply() throws E;
  }

  private static final Reply NOT_PROCESSED = Reply.error(500, "Not processed");

  private final Faults faults;
  private final AtomicLong calls = new AtomicLong();
  private final Map<Api, AtomicLong> callsByApi = new EnumMap<>(Api.class);

  CallFaults(Faults faults) {
    this.faults = faults;
    for (Api api : Api.values()) {
      callsByApi.put(api, new AtomicLong());
    }
  }

  /** Does the work of the next call, or not, and gives what its client gets to see. */
  <E extends Exception> Answer answer(Api api, Work<E> work) throws E {
    long number = calls.incrementAndGet();
    long numberOfApi = Objects.requireNonNull(callsByApi.get(api)).incrementAndGet();
    Optional<CallFault> fault = faults.ofCall(api, number, numberOfApi);
    boolean isProcessed = fault.isEmpty() || !fault.get().isBeforeProcessing();
    long begin = System.nanoTime();
    Reply reply = isProcessed ? work.reply() : NOT_PROCESSED;
    if (!pause(faults.latency().minusNanos(System.nanoTime() - begin))) {
      return new Answer.Reset();
    }
    return fault.isPresent() ? fault.get().answer(reply) : reply;
  }

  /** Takes the time that is left of what a call takes; false when the server is being closed. */
  private static boolean pause(Duration left) {
    if (left.isNegative()) {
      return true;
    }
    try {
      Thread.sleep(left);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Adds when to come again to a reply that may say so. */
  Answer withRetryAfter(Answer answer) {
    if (faults.retryAfter() != null
        && answer instanceof Reply reply
        && (reply.status() == 429 || reply.status() == 503)) {
      return reply.withHeader("Retry-After", faults.retryAfter().toString());
    }
    return answer;
  }
}
