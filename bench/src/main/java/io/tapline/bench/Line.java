package io.tapline.bench;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One figure of the page.
 *
 * @param format of its values, as {@link String#format} takes it
 * @param target null: none, it is told for what it says
 */
record Line(String what, Spread spread, String format, @Nullable Target target) {

  /** A figure without a target. */
  static Line of(String what, Collection<Double> values, String format) {
    return new Line(what, Spread.of(values), format, null);
  }

  /** A figure with a target. */
  static Line of(String what, Collection<Double> values, String format, Target target) {
    return new Line(what, Spread.of(values), format, target);
  }

  /** Its cells: what, median, of how many runs, least and most, target, whether that is met. */
  String[] cells() {
    return new String[] {
      what,
      text(spread.median()),
      Integer.toString(spread.runs()),
      spread.least() == spread.most() ? "" : text(spread.least()) + " to " + text(spread.most()),
      target == null ? "" : (target.most() ? "at most " : "at least ") + text(target.bound()),
      target == null ? "" : target.isMetBy(spread.median()) ? "yes" : "no"
    };
  }

  private String text(double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
