package io.tapline.sync;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the key, or another such word, that a mistyped one was meant to be. */
public final class NearestKey {

  /** Further away, a suggestion is more often wrong than right. */
  private static final int MAX_DISTANCE = 2;

  private NearestKey() {}

  /**
   * The key of {@code known} that is at most two edits away from {@code key}, upper and lower case
   * being alike; of several the first of the nearest. Empty when none is as near.
   */
  public static Optional<String> to(String key, Collection<String> known) {
    String typed = key.toLowerCase(Locale.ROOT);
    String nearest = null;
    int best = MAX_DISTANCE + 1;
    for (String candidate : known) {
      int distance = distance(typed, candidate.toLowerCase(Locale.ROOT));
      if (distance < best) {
        best = distance;
        nearest = candidate;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /**
   * Levenshtein's distance; more than the maximum is told without the work, since a key may be any
   * text.
   */
  private static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > MAX_DISTANCE) {
      return MAX_DISTANCE + 1;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
