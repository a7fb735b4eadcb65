package io.tapline.local.check;

/**
 * What a probe of a connection came to.
 *
 * @param text a sentence for a person: what was found and what to do; it holds no passcode
 */
public record ProbeAnswer(Verdict verdict, String text) {

  /** What a push over the connection would meet. */
  public enum Verdict {
    /** Host, account and passcode are right. */
    PROVEN,
    /** Each call would be refused: the push would be stopped. */
    FORBIDDEN,
    /** CleverTap can't be reached, or has no time: a push would wait, and leave rows open. */
    UNREACHED
  }
}
