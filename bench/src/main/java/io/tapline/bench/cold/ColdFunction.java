package io.tapline.bench.cold;

/** A function whose cold starts are measured, and the call that it is there for. */
public enum ColdFunction {
  /** Its first GET of the export is answered. */
  SPLITTER("SplitterFunction", "first part of the export read"),
  /** Its first POST is in CleverTap's hands. */
  WORKER("WorkerFunction", "first call of CleverTap"),
  /** Its first GET or listing is answered. */
  FINALIZER("FinalizerFunction", "first answer of S3");

  private final String logicalId;
  private final String firstCall;

  ColdFunction(String logicalId, String firstCall) {
    this.logicalId = logicalId;
    this.firstCall = firstCall;
  }

  /** Its name in the template. */
  public String logicalId() {
    return logicalId;
  }

  /** What it has done when it is of use for the first time. */
  public String firstCall() {
    return firstCall;
  }
}
