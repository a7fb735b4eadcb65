package io.tapline.record;

import io.tapline.sync.Operation;
import io.tapline.sync.Sync;

/** What the rows of a sync become. */
enum RecordKind {
  PROFILE,
  EVENT;

  /**
   * @throws HeaderException if no mapper serves the sync's target and operation
   */
  static RecordKind of(Sync sync) {
    return switch (sync.target()) {
      case USER_EVENTS -> EVENT;
      case USER_PROFILES -> {
        if (sync.operation() == Operation.UPLOAD_USER_PROFILES) {
          yield PROFILE;
        }
        throw unsupported("operation", String.valueOf(sync.operation()));
      }
      case CUSTOM_LIST -> throw unsupported("target", sync.target().name());
    };
  }

  private static HeaderException unsupported(String key, String value) {
    return new HeaderException(
        Codes.UNSUPPORTED_OPERATION,
        key
            + " is "
            + value
            + "; rows can be mapped for the target USER_EVENTS and for USER_PROFILES with the"
            + " operation UPLOAD_USER_PROFILES");
  }

  /** Whether a property may hold a list of values. */
  boolean hasLists() {
    return this == PROFILE;
  }
}
