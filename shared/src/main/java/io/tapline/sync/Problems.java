package io.tapline.sync;

import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with one settings file, collected so that a person can mend all of it at once. Not
 * thread-safe.
 */
final class Problems {

  private final String origin;
  private final List<String> lines = new ArrayList<>();

  /**
   * @param origin where the settings were read from, as a person would name it
   */
  Problems(String origin) {
    this.origin = origin;
  }

  void add(String problem) {
    lines.add(problem + " (" + origin + ")");
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** All problems so far, a line each. */
  SettingsException toException() {
    return new SettingsException(lines);
  }
}
