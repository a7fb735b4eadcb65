package io.tapline.ledger;

import java.util.Locale;

/** The steps in which a custom list becomes a segment, in their order. */
public enum SegmentStep {
  /** CleverTap gives a URL. */
  URL,
  /** The list is put there. */
  PUT,
  /** CleverTap is told to make a segment of it. */
  COMPLETE;

  String inKeys() {
    return name().toLowerCase(Locale.ROOT);
  }

  static SegmentStep ofKey(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
