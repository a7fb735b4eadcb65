package io.tapline.ledger;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The notes on a custom list's way to a segment: {@code jobs/<sync>/<job>/runs/<run>/segment/}.
 * Each try of a step is noted before and after. Thread-safe.
 */
public final class SegmentLedger {

  private static final String SENT = ".sent";
  private static final String REPLY = ".reply";

  private final Documents documents;
  private final String folder;

  SegmentLedger(Documents documents, String folder) {
    this.documents = documents;
    this.folder = folder;
  }

  /** All tries so far, by step and number. */
  public List<SegmentTry> tries() {
    return documents.names(folder).stream()
        .filter(name -> name.endsWith(SENT))
        .map(name -> tryOf(name.substring(0, name.length() - SENT.length())))
        .sorted(Comparator.comparing(SegmentTry::step).thenComparingInt(SegmentTry::number))
        .toList();
  }

  /**
   * Notes that a step is about to be tried.
   *
   * @param url the try of the first step whose URL it uses
   * @return false when somebody else is at this try: then it is theirs
   */
  public boolean putSent(SegmentStep step, int number, int url, Instant now) {
    return documents.putOnce(key(step, number) + SENT, new Sent(url, now));
  }

  /** Notes how a try ended; the first note stays. */
  public void putReply(SegmentStep step, int number, SegmentReply reply) {
    documents.putOnce(key(step, number) + REPLY, reply);
  }

  /** Writes what became of the list; the first end stays. */
  public void putEnd(SegmentEnd end) {
    documents.putOnce(endKey(), end);
  }

  /** What became of the list; empty while that is open. */
  public Optional<SegmentEnd> end() {
    return documents.get(endKey(), SegmentEnd.class);
  }

  private SegmentTry tryOf(String name) {
    int dash = name.indexOf('-');
    SegmentStep step = SegmentStep.ofKey(name.substring(0, dash));
    int number = Integer.parseInt(name, dash + 1, name.length(), 10);
    String key = key(step, number);
    Sent sent = documents.get(key + SENT, Sent.class).orElseThrow();
    return new SegmentTry(
        step,
        number,
        sent.url,
        sent.at,
        documents.get(key + REPLY, SegmentReply.class).orElse(null));
  }

  private String key(SegmentStep step, int number) {
    return folder + step.inKeys() + "-" + number;
  }

  private String endKey() {
    return folder + "end.json";
  }

  record Sent(int url, Instant at) {}
}
