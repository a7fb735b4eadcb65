package io.tapline.report;

import io.tapline.record.Rejection;
import org.jspecify.annotations.Nullable;

/** What rows that were not delivered for the same reason have in common. */
record ReasonKey(Rejection.By by, String code, @Nullable String column) {

  static ReasonKey of(Rejection rejection) {
    return new ReasonKey(rejection.by(), rejection.code(), rejection.column());
  }
}
