package io.tapline.report;

/** How much of an export was delivered, in the bands that CleverTap's own import center shows. */
enum Health {
  GOOD("100\u00a0%", "all delivered"),
  FAIR("50 to 99.99\u00a0%", "partly delivered"),
  POOR("under 50\u00a0%", "mostly not delivered");

  private final String range;
  private final String words;

  Health(String range, String words) {
    this.range = range;
    this.words = words;
  }

  /**
   * The band of an export.
   *
   * @param read over 0
   */
  static Health of(long accepted, long read) {
    if (accepted >= read) {
      return GOOD;
    }
    return accepted >= read - accepted ? FAIR : POOR;
  }

  String range() {
    return range;
  }

  String words() {
    return words;
  }
}
