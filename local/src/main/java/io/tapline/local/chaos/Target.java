package io.tapline.local.chaos;

/** What rows become, and what may happen to them. */
enum Target {
  PROFILES(
      """
      "target": "USER_PROFILES", "operation": "UPLOAD_USER_PROFILES"\
      """),
  EVENTS_RESENT(
      """
      "target": "USER_EVENTS", "unknownOutcome": "resend"\
      """),
  EVENTS_HELD(
      """
      "target": "USER_EVENTS", "unknownOutcome": "hold"\
      """);

  private final String settings;

  Target(String settings) {
    this.settings = settings;
  }

  /** The keys of a sync that ask for it. */
  String settings() {
    return settings;
  }

  /** Whether a record that is received twice counts twice. */
  boolean isEvents() {
    return this != PROFILES;
  }
}
