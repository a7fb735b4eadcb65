package io.tapline.record;

import java.time.LocalDate;
import java.time.Month;
import java.time.Year;

/**
 * Texts that are points in time. Fractions of a second are cut off. A text without a zone is UTC,
 * as Treasure Data writes it.
 */
final class Timestamps {

  /** What the methods give for a text that is no time. */
  static final long NONE = Long.MIN_VALUE;

  private static final DigitPattern YEAR_AND_MONTH = DigitPattern.of("0000-00-");
  private static final DigitPattern DAY_AND_TIME = DigitPattern.of("00 00:00");
  private static final DigitPattern ISO_DAY_AND_TIME = DigitPattern.of("00T00:00");

  /** How Treasure Data ends a timestamp; what ends otherwise is read piece by piece. */
  private static final DigitPattern USUAL_END = DigitPattern.of(".000 UTC");

  private static final int USUAL_LENGTH = "2020-08-01 00:00:00.000 UTC".length();
  private static final int DAY = "2020-08-".length();
  private static final int DATE_LENGTH = "2020-08-01".length();
  private static final int MINUTES_LENGTH = "2020-08-01 00:00".length();
  private static final int SECONDS_LENGTH = "2020-08-01 00:00:00".length();
  private static final int SHORTEST_MONTH = 28;
  private static final int MAX_FRACTION = 9;
  private static final int MAX_OFFSET_HOURS = 18;
  private static final int MAX_EPOCH_DIGITS = 10;

  private Timestamps() {}

  /**
   * Reads {@code 2020-08-01 00:00:00}, with an optional fraction and an optional {@code UTC},
   * {@code +0000} or {@code +00:00}, or ISO-8601 that ends in {@code Z}.
   *
   * @return epoch seconds, or {@link #NONE}
   */
  static long epochSeconds(TextSlice text) {
    if (text.length() < MINUTES_LENGTH + 1 || text.length() > 48) {
      return NONE;
    }
    boolean iso = text.is(DATE_LENGTH, 'T');
    long digits = (iso ? ISO_DAY_AND_TIME : DAY_AND_TIME).digits(text.eight(DAY));
    int hour = DigitPattern.two(digits, 3);
    int minute = DigitPattern.two(digits, 6);
    long day = epochDay(text, DigitPattern.two(digits, 0));
    if (digits == DigitPattern.NONE || day == NONE) {
      return NONE;
    }
    boolean withSeconds = text.is(MINUTES_LENGTH, ':');
    int second = withSeconds ? twoDigits(text, MINUTES_LENGTH + 1) : 0;
    if (!isWithin(hour, 23) || !isWithin(minute, 59) || !isWithin(second, 59)) {
      return NONE;
    }
    long offset = iso ? isoOffset(text, withSeconds) : withSeconds ? offset(text) : NONE;
    return offset == NONE ? NONE : ((day * 24 + hour) * 60 + minute) * 60 + second - offset;
  }

  /**
   * Reads, beside what {@link #epochSeconds} reads, {@code yyyy-MM-dd} (midnight UTC) and epoch
   * seconds of up to ten digits.
   *
   * @return epoch seconds, or {@link #NONE}
   */
  static long dateSeconds(TextSlice text) {
    if (text.is(4, '-')) {
      if (text.length() != DATE_LENGTH) {
        return epochSeconds(text);
      }
      long day = epochDay(text, twoDigits(text, DAY));
      return day == NONE ? NONE : day * 24 * 60 * 60;
    }
    int digits = text.is(0, '-') ? text.length() - 1 : text.length();
    if (isInteger(text)) {
      return digits <= MAX_EPOCH_DIGITS ? Long.parseLong(text.toString()) : NONE;
    }
    return epochSeconds(text);
  }

  /** Whether it is nothing but digits behind an optional minus. */
  static boolean isInteger(TextSlice text) {
    int first = text.is(0, '-') ? 1 : 0;
    for (int i = first; i < text.length(); i++) {
      if (!text.isDigit(i)) {
        return false;
      }
    }
    return text.length() > first;
  }

  /** The day of a text that is at least a date long; its year and month are still to be read. */
  private static long epochDay(TextSlice text, int day) {
    long digits = YEAR_AND_MONTH.digits(text.eight(0));
    if (digits == DigitPattern.NONE) {
      return NONE;
    }
    int year = DigitPattern.two(digits, 0) * 100 + DigitPattern.two(digits, 2);
    int month = DigitPattern.two(digits, 5);
    if (month < 1 || month > 12 || day < 1) {
      return NONE;
    }
    if (day > SHORTEST_MONTH && day > Month.of(month).length(Year.isLeap(year))) {
      return NONE;
    }
    return LocalDate.of(year, month, day).toEpochDay();
  }

  /** -1 where there are no two digits. */
  private static int twoDigits(TextSlice text, int at) {
    if (at + 1 >= text.length()) {
      return -1;
    }
    int tens = text.at(at) - '0';
    int ones = text.at(at + 1) - '0';
    return isWithin(tens, 9) && isWithin(ones, 9) ? tens * 10 + ones : -1;
  }

  private static boolean isWithin(int value, int max) {
    return value >= 0 && value <= max;
  }

  private static int endOfFraction(TextSlice text, int at) {
    if (!text.is(at, '.')) {
      return at;
    }
    int end = at + 1;
    while (text.isDigit(end) && end - at <= MAX_FRACTION) {
      end++;
    }
    return end == at + 1 ? at : end;
  }

  private static long isoOffset(TextSlice text, boolean withSeconds) {
    int at = withSeconds ? endOfFraction(text, SECONDS_LENGTH) : MINUTES_LENGTH;
    return text.is(at, 'Z') && at + 1 == text.length() ? 0 : NONE;
  }

  /** The seconds that the zone behind the seconds and their fraction is ahead of UTC. */
  private static long offset(TextSlice text) {
    if (text.length() == USUAL_LENGTH
        && USUAL_END.digits(text.eight(SECONDS_LENGTH)) != DigitPattern.NONE) {
      return 0;
    }
    int at = endOfFraction(text, SECONDS_LENGTH);
    if (at == text.length()) {
      return 0;
    }
    int zone = text.is(at, ' ') ? at + 1 : at;
    if (text.startsWith("UTC", zone) && zone == at + 1) {
      return zone + 3 == text.length() ? 0 : NONE;
    }
    boolean ahead = text.is(zone, '+');
    int minutesAt = text.is(zone + 3, ':') ? zone + 4 : zone + 3;
    int hours = twoDigits(text, zone + 1);
    int minutes = twoDigits(text, minutesAt);
    if (!(ahead || text.is(zone, '-'))
        || !isWithin(hours, MAX_OFFSET_HOURS)
        || !isWithin(minutes, 59)
        || minutesAt + 2 != text.length()) {
      return NONE;
    }
    long seconds = (hours * 60L + minutes) * 60;
    return ahead ? seconds : -seconds;
  }
}
