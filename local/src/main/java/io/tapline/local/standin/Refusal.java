package io.tapline.local.standin;

/**
 * Why a record is not stored.
 *
 * @param code CleverTap's
 * @param text what the reply's {@code error} says before the record's number
 */
record Refusal(int code, String text) {

  /** In the form of refused profiles, which has no space before what follows. */
  static Refusal profile(int code, String reason) {
    return new Refusal(code, "Profile data is incorrect. " + reason + ".");
  }

  /** In the form of refused events. */
  static Refusal event(int code, String what, String reason) {
    return new Refusal(code, what + " is incorrect. ErrorCode: " + code + " - " + reason + ". ");
  }

  /** In the form of events, for a record of any kind. */
  static Refusal of(int code, String reason) {
    return event(code, "Record", reason);
  }

  /**
   * @param number the record's place in {@code d}; 1 is the first
   */
  String error(int number) {
    return text + "Skipped record number : " + number;
  }
}
