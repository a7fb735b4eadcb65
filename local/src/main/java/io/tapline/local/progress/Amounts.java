package io.tapline.local.progress;

import java.time.Duration;
import java.util.Locale;

/** Amounts as a person reads them. */
public final class Amounts {

  private static final double KILO = 1000;
  private static final String UNITS = "kMGT";

  private Amounts() {}

  /** A whole number with its thousands set apart. */
  public static String full(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A number in at most five characters: whole below 10,000, then {@code 12.3k}, {@code 4.56M}. */
  public static String brief(long count) {
    return count < 10_000 ? Long.toString(count) : scaled(count, "");
  }

  /** Bytes with their unit, such as {@code 16.9 kB}. */
  public static String bytes(long bytes) {
    return bytes < KILO ? bytes + " B" : scaled(bytes, " ") + "B";
  }

  /** A time as minutes and seconds, with hours in front where there are any. */
  public static String time(Duration time) {
    long hours = time.toHours();
    return hours == 0
        ? String.format(Locale.ROOT, "%d:%02d", time.toMinutesPart(), time.toSecondsPart())
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", hours, time.toMinutesPart(), time.toSecondsPart());
  }

  /** Three digits and a unit. */
  private static String scaled(long amount, String gap) {
    double value = amount;
    int unit = -1;
    // What would be rounded to 1000 of one unit is told in the next.
    while (unit < 0 || (value >= 999.5 && unit < UNITS.length() - 1)) {
      value /= KILO;
      unit++;
    }
    int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f%s%s", value, gap, UNITS.charAt(unit));
  }
}
