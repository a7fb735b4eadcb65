package io.tapline.local.init;

import io.tapline.report.Mask;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the values of one column look like. Bounded, however many rows there are. */
final class ColumnFacts {

  /** Beyond it, repeated values are not looked for. */
  private static final int MAX_DISTINCT = 100_000;

  private static final int MAX_WORDS = 12;
  private static final int LONGEST_WORD = 20;

  private final String name;
  private final boolean mayNameUsers;
  private final Map<Shape, Seen> shapes = new EnumMap<>(Shape.class);
  private final Set<Long> distinct = new HashSet<>();
  private final Set<String> words = new TreeSet<>();
  private boolean hasOtherWords;
  private boolean hasRepeats;
  private long values;

  ColumnFacts(String name) {
    this.name = name;
    this.mayNameUsers = Names.mayNameUsers(name);
  }

  /** The export's own name. */
  String name() {
    return name;
  }

  /** Takes a value in that is not null. */
  void add(long row, String text) {
    values++;
    shapes.computeIfAbsent(Shape.of(text), shape -> new Seen(row, Mask.of(text))).count++;
    if (mayNameUsers && !hasRepeats && distinct.size() < MAX_DISTINCT) {
      hasRepeats = !distinct.add(hash(text));
    }
    if (!hasOtherWords) {
      hasOtherWords = text.length() > LONGEST_WORD;
      words.add(text.toLowerCase(Locale.ROOT));
      hasOtherWords |= words.size() > MAX_WORDS;
    }
  }

  private static long hash(String text) {
    long hash = 0;
    for (int i = 0; i < text.length(); i++) {
      hash = hash * 0x9E37_79B9_7F4A_7C15L + text.charAt(i) + 1;
    }
    return hash;
  }

  /** Values that are not null. */
  long values() {
    return values;
  }

  /** Values that say something: neither null, nor an empty text, nor a double that is no number. */
  long filled() {
    return values - count(Shape.NOTHING);
  }

  long count(Shape shape) {
    Seen seen = shapes.get(shape);
    return seen == null ? 0 : seen.count;
  }

  /** Whether there are values, and all of them look like one of these. */
  boolean areAll(Set<Shape> allowed) {
    return filled() > 0 && sum(allowed) == filled();
  }

  /** Whether more than half of the values look like one of these. */
  boolean areMostly(Set<Shape> allowed) {
    return sum(allowed) * 2 > filled();
  }

  /** Values that look like one of these. */
  long sum(Set<Shape> allowed) {
    return allowed.stream().mapToLong(this::count).sum();
  }

  /**
   * The first value that looks like none of these, for a person: its row and its masked form. Asked
   * only where there is one.
   */
  String firstOther(Set<Shape> allowed) {
    Seen first = null;
    for (Map.Entry<Shape, Seen> entry : shapes.entrySet()) {
      Seen seen = entry.getValue();
      if (entry.getKey() != Shape.NOTHING
          && !allowed.contains(entry.getKey())
          && (first == null || seen.row < first.row)) {
        first = seen;
      }
    }
    return first == null ? "" : "\"%s\" in row %d".formatted(first.masked, first.row);
  }

  /**
   * Whether a value came twice, among the first hundred thousand different ones. Only of a column
   * whose name may be one of an identity.
   */
  boolean hasRepeats() {
    return hasRepeats;
  }

  /** Whether one of the short values is among these, as far as they were kept. */
  boolean hasWord(Set<String> sought) {
    return words.stream().anyMatch(sought::contains);
  }

  private static final class Seen {

    private final long row;
    private final String masked;
    private long count;

    private Seen(long row, String masked) {
      this.row = row;
      this.masked = masked;
    }
  }
}
