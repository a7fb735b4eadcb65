package io.tapline.job;

import io.tapline.ledger.Job;
import io.tapline.ledger.OpenRun;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the sweep found. */
public sealed interface Swept {

  /** A job whose staging has to go on: the splitter is to be started with it. */
  record GoesOn(Job job, Cause cause) implements Swept {}

  /** Why a job goes on by the sweep and not by itself. */
  enum Cause {
    /** Its staging has shown no sign for a while. */
    STALLED,
    /** Whoever claimed its export died before the job was open. */
    NOT_OPENED,
    /** The news of its export never came. */
    MISSED,
    /** Someone asked for its export to be staged anew. */
    ASKED_FOR
  }

  /** A marker of a job that can't be opened any more; it is gone, so that newer jobs go on. */
  record Dropped(OpenRun marker) implements Swept {}

  /**
   * Exports that nobody has taken, of a sync that does not say since when they are to be pushed.
   *
   * @param exports how many
   * @param key the youngest one's
   */
  record Unclaimed(String sync, long exports, String key) implements Swept {}

  /**
   * An export that nobody has taken and that can't be pushed.
   *
   * @param code see {@link Opened.Ignored}
   */
  record Ignored(String key, String code, String message) implements Swept {}

  /**
   * How a sync stands that expects exports; told of each in every sweep that has the time.
   *
   * @param overdue whether none that has rows came within its {@code expectEvery}; false for one
   *     that was set up since, or whose {@code since} is later
   * @param lastExport when the newest export of which the ledger knows was last modified, with rows
   *     or without; null where it knows of none, and where none is expected yet
   */
  record Expected(String sync, boolean overdue, @Nullable Instant lastExport) implements Swept {}
}
