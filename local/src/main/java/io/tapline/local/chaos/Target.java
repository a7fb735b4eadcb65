package io.tapline.local.chaos;

import java.util.Arrays;
import java.util.List;

/** What rows become, and what may happen to them. */
enum Target {
  PROFILES(RowShape.PROFILE, profiles("UPLOAD_USER_PROFILES")),
  EVENTS_RESENT(
      RowShape.EVENT,
      """
      "target": "USER_EVENTS", "unknownOutcome": "resend"\
      """),
  EVENTS_HELD(
      RowShape.EVENT,
      """
      "target": "USER_EVENTS", "unknownOutcome": "hold"\
      """),
  LIST_CREATED(RowShape.LIST_MEMBER, list("CREATE_NEW_SEGMENT")),
  LIST_REPLACED(RowShape.LIST_MEMBER, list("UPDATE_EXISTING_SEGMENT")),
  TOKENS(RowShape.TOKEN, profiles("UPLOAD_DEVICE_TOKENS")),
  DEMERGE(RowShape.DEMERGED_USER, profiles("DEMERGE_USER_PROFILE")),
  SUBSCRIPTION(RowShape.SUBSCRIPTION, profiles("UPDATE_SUBSCRIPTION")),
  DISASSOCIATION(RowShape.PHONE_NUMBER, profiles("DISASSOCIATE_PHONE"));

  /** The segment that lists become. */
  static final String SEGMENT = "Chaos";

  private static final int DEMERGE_CALLS_AT_ONCE = 3;

  private final RowShape shape;
  private final String settings;

  Target(RowShape shape, String settings) {
    this.shape = shape;
    this.settings = settings;
  }

  /** Those that become custom lists. */
  static List<Target> lists() {
    return Arrays.stream(values()).filter(Target::isList).toList();
  }

  RowShape shape() {
    return shape;
  }

  /** The keys of a sync that ask for it. */
  String settings() {
    return settings;
  }

  /** Whether a record that is received twice counts twice. */
  boolean isEvents() {
    return shape == RowShape.EVENT;
  }

  /** Whether rows are taken together, as a segment. */
  boolean isList() {
    return shape == RowShape.LIST_MEMBER;
  }

  /** Whether of several rows of a user the last one counts. */
  boolean lastRowCounts() {
    return this == PROFILES || this == TOKENS;
  }

  /** Whether what CleverTap has must not be sent again, unless nobody knows. */
  boolean isTakenOnce() {
    return isEvents() || this == LIST_CREATED;
  }

  /**
   * The most calls that may be under way at once.
   *
   * @param threadCount of the sync
   */
  int callsAtOnce(int threadCount) {
    return switch (this) {
      case LIST_CREATED, LIST_REPLACED -> 1;
      case DEMERGE -> Math.min(threadCount, DEMERGE_CALLS_AT_ONCE);
      default -> threadCount;
    };
  }

  private static String profiles(String operation) {
    return "\"target\": \"USER_PROFILES\", \"operation\": \"%s\"".formatted(operation);
  }

  private static String list(String mode) {
    return """
    "target": "CUSTOM_LIST", "customList": {"name": "%s", "userEmail": "admin@example.com",
     "creator": "chaos", "mode": "%s"}\
    """
        .formatted("Chaos", mode);
  }
}
