package io.tapline.job;

/**
 * The metrics that functions write. Alarms, the dashboard and {@code docs/operations.md} name them;
 * each is told by installation, and by installation and sync where it has one.
 */
public enum Metric {
  /** Rows of the jobs that were closed. */
  ROWS_READ("RowsRead", Unit.COUNT),
  /** Rows that CleverTap took. */
  ROWS_ACCEPTED("RowsAccepted", Unit.COUNT),
  /** Rows that Tapline's checks rejected. */
  ROWS_REJECTED("RowsRejected", Unit.COUNT),
  /** Rows that CleverTap refused. */
  ROWS_REFUSED("RowsRefused", Unit.COUNT),
  /** Rows whose retries were used up. */
  ROWS_FAILED("RowsFailed", Unit.COUNT),
  /** Rows that were held, since nobody knows the outcome of their call. */
  ROWS_UNKNOWN("RowsUnknown", Unit.COUNT),
  /** Rows that a stop left. */
  ROWS_NOT_SENT("RowsNotSent", Unit.COUNT),
  /** Rows that CleverTap refused or Tapline rejected, of the rows that a job read. */
  REJECTED_SHARE("RejectedShare", Unit.PERCENT),
  /** Runs of jobs that were closed. */
  JOBS_CLOSED("JobsClosed", Unit.COUNT),
  /** Of these, the ones that were stopped or left rows open; 0 for the others. */
  JOBS_FAILED("JobsFailed", Unit.COUNT),
  /** Of these, the ones whose rows do not add up; 0 for the others. */
  JOBS_NOT_ADDED_UP("JobsNotAddedUp", Unit.COUNT),
  /** From the opening of the job to its report, so that of a redrive counts from there, too. */
  JOB_DURATION("JobDuration", Unit.SECONDS),
  /** Requests that CleverTap was asked. */
  CALLS("Calls", Unit.COUNT),
  /** Of these, the ones that it answered with 429. */
  THROTTLES("Throttles", Unit.COUNT),
  /** How long each of them took, until its whole answer was there. */
  CALL_LATENCY("CallLatency", Unit.MILLISECONDS),
  /** Chunks that the queue gave up, and messages in it that are not Tapline's. */
  DEAD_CHUNKS("DeadChunks", Unit.COUNT),
  /** 1 for a sync whose export with rows did not come within its {@code expectEvery}, else 0. */
  EXPORTS_OVERDUE("ExportsOverdue", Unit.COUNT);

  private final String text;
  private final Unit unit;

  Metric(String text, Unit unit) {
    this.text = text;
    this.unit = unit;
  }

  /** As CloudWatch knows it. */
  public String text() {
    return text;
  }

  String unit() {
    return unit.text;
  }

  /** CloudWatch's own words. */
  private enum Unit {
    COUNT("Count"),
    PERCENT("Percent"),
    SECONDS("Seconds"),
    MILLISECONDS("Milliseconds");

    private final String text;

    Unit(String text) {
      this.text = text;
    }
  }
}
