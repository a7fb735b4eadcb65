package io.tapline.job;

import io.tapline.ledger.Job;

/** What the news of an export led to. */
public sealed interface Opened {

  /** A job is open: it goes on from where it stands. */
  record Open(Job job) implements Opened {}

  /** This export was pushed before; nothing is to be done. */
  record Over(String job) implements Opened {}

  /**
   * Nothing can be done with this export.
   *
   * @param code {@code NO_SYNC}, {@code BROKEN_SYNC}, {@code BEFORE_SINCE}, {@code EXPORT_GONE} or
   *     {@code EXPORT_OVERWRITTEN}
   * @param message for a person
   */
  record Ignored(String code, String message) implements Opened {

    static final String NO_SYNC = "NO_SYNC";
    static final String BROKEN_SYNC = "BROKEN_SYNC";
    static final String EXPORT_GONE = "EXPORT_GONE";
    static final String EXPORT_OVERWRITTEN = "EXPORT_OVERWRITTEN";

    /** Whether it is for want of a sync, which may come back. */
    boolean lacksSync() {
      return code.equals(NO_SYNC) || code.equals(BROKEN_SYNC);
    }

    /** Whether the export is not there any more; it will not come back. */
    boolean isExportGone() {
      return code.equals(EXPORT_GONE) || code.equals(EXPORT_OVERWRITTEN);
    }
  }
}
