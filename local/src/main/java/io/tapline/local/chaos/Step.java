package io.tapline.local.chaos;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Something that a handler asks of the outside: of S3, of the queue, of CleverTap, of Lambda or of
 * the bus of events.
 *
 * @param handler {@code splitter}, {@code worker} or {@code finalizer}
 * @param place a key, without what differs from job to job and chunk to chunk; a path; or nothing
 */
record Step(String handler, Operation operation, String place) {

  /** What is asked. */
  enum Operation {
    HEAD(Seam.STORE, false),
    READ(Seam.STORE, false),
    GET(Seam.STORE, false),
    LIST(Seam.STORE, false),
    PUT(Seam.STORE, true),
    PUT_ONCE(Seam.STORE, true),
    UPLOAD(Seam.STORE, true),
    DELETE(Seam.STORE, true),
    SEND(Seam.QUEUE, true),
    /** Of dead letters, which are hidden for a while. */
    RECEIVE(Seam.QUEUE, false),
    /** Of a dead letter that is done with. */
    DISCARD(Seam.QUEUE, true),
    HIDE(Seam.QUEUE, true),
    /** Of a message that is done with; not a function's step, but that of Lambda itself. */
    ACKNOWLEDGE(Seam.QUEUE, false),
    POST(Seam.CLEVERTAP, true),
    PUT_LIST(Seam.CLEVERTAP, true),
    INVOKE(Seam.LAMBDA, true),
    /** Of a job that is over. */
    ANNOUNCE(Seam.EVENTS, true);

    private final Seam seam;
    private final boolean changes;

    Operation(Seam seam, boolean changes) {
      this.seam = seam;
      this.changes = changes;
    }

    Seam seam() {
      return seam;
    }

    /** Whether it changes something out there, so that it matters if a handler dies at it. */
    boolean changes() {
      return changes;
    }
  }

  /** Where handlers meet the outside. */
  enum Seam {
    STORE,
    QUEUE,
    CLEVERTAP,
    LAMBDA,
    EVENTS
  }

  /** A sync's folder, and its job's. */
  private static final Pattern OF_ONE_JOB = Pattern.compile("^(?:(jobs|open)/[^/]+|(types))/[^/]+");

  /** Of a try of a segment's step all but the number is kept. */
  private static final Pattern TRY = Pattern.compile("(/segment/[a-z]+)-\\d+");

  private static final Pattern NUMBERED = Pattern.compile("/[^/.]*\\d[^/.]*");

  /** The step of an operation on an object of the work bucket. */
  static Step of(String handler, Operation operation, String key) {
    String tried = TRY.matcher(withoutJob(key)).replaceAll("$1-*");
    return new Step(handler, operation, NUMBERED.matcher(tried).replaceAll("/*"));
  }

  /** A key without the sync and the job, the same in each play of a seed. */
  static String withoutJob(String key) {
    return OF_ONE_JOB.matcher(key).replaceFirst("$1$2");
  }

  /** For a list or a message: {@code worker: put once jobs/runs/*}{@code /outcomes/*.json}. */
  @Override
  public String toString() {
    String verb = operation.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return (handler + ": " + verb + " " + place).strip();
  }
}
