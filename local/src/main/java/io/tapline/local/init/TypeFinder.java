package io.tapline.local.init;

import io.tapline.sync.Format;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the columns whose type a person would not expect, or that a later export could change; the
 * types of all others are left to be found.
 */
final class TypeFinder {

  /** Of a hundred values; with fewer that fit, a column is text and no number with slips. */
  private static final int NEARLY_ALL = 90;

  private static final Set<Shape> DIGITS =
      Set.of(
          Shape.ZERO_OR_ONE,
          Shape.NUMBER,
          Shape.SECONDS,
          Shape.MILLISECONDS,
          Shape.LEADING_ZERO,
          Shape.LONG_DIGITS);

  private static final Set<Shape> FLAGS =
      Set.of(Shape.TRUE_OR_FALSE, Shape.TRUE_OR_FALSE_IN_CAPITALS, Shape.ZERO_OR_ONE);

  private final Remarks remarks;
  private final Map<String, String> types = new LinkedHashMap<>();

  private TypeFinder(Remarks remarks) {
    this.remarks = remarks;
  }

  /**
   * Finds the types that are to be declared.
   *
   * @param rename the names under which columns are sent
   * @return by the export's own names
   */
  static Map<String, String> find(
      Kind kind, ExportFacts facts, Format format, Map<String, String> rename, Remarks remarks) {
    TypeFinder finder = new TypeFinder(remarks);
    if (kind.hasProperties()) {
      for (ColumnFacts column : facts.columns()) {
        String sent = rename.getOrDefault(column.name(), column.name());
        if (column.filled() > 0 && !hasMeaning(kind, sent)) {
          finder.look(column, format);
        }
      }
    }
    return finder.types;
  }

  /** Whether CleverTap or the kind of record gives it a type. */
  private static boolean hasMeaning(Kind kind, String sent) {
    return sent.equalsIgnoreCase(Names.IDENTITY)
        || sent.equalsIgnoreCase(Names.OBJECT_ID)
        || sent.equalsIgnoreCase("ts")
        || (kind == Kind.EVENTS
            ? sent.equalsIgnoreCase("evtName") || sent.equalsIgnoreCase("Items")
            : Names.isField(sent));
  }

  private void look(ColumnFacts column, Format format) {
    if (format.type() != Format.Type.JSONL) {
      String why = whyText(column);
      if (why != null) {
        declare(column, "string", why);
        return;
      }
      if (lookForFlags(column)) {
        return;
      }
      if (tellOfCommas(column)) {
        return;
      }
      if (tellOfSlips(column, Shape.NUMBERS, "number", "numbers")) {
        return;
      }
    }
    lookForTimes(column, format);
  }

  private void declare(ColumnFacts column, String type, String why) {
    types.put(column.name(), type);
    remarks.found("types", "%s: %s, %s".formatted(column.name(), type, why));
  }

  private static @Nullable String whyText(ColumnFacts column) {
    if (!column.areAll(DIGITS)) {
      return null;
    }
    if (column.count(Shape.LEADING_ZERO) > 0) {
      return "for its leading zeros";
    }
    if (column.count(Shape.LONG_DIGITS) > 0) {
      return "for a number keeps no more than 15 digits";
    }
    return Names.isOfCodes(column.name()) ? "for its name: digits that are no quantity" : null;
  }

  private boolean lookForFlags(ColumnFacts column) {
    if (!column.areAll(FLAGS)) {
      return false;
    }
    if (column.count(Shape.TRUE_OR_FALSE_IN_CAPITALS) > 0) {
      declare(column, "boolean", "for TRUE and FALSE");
    } else if (column.areAll(Set.of(Shape.ZERO_OR_ONE))) {
      if (Names.isOfFlags(column.name())) {
        declare(column, "boolean", "for its name and 0 and 1");
      } else {
        remarks.doubt(
            column.name()
                + " is only 0 and 1, sent as numbers; if it means no and yes, declare it:"
                + " \"boolean\"");
      }
    }
    return true;
  }

  private boolean tellOfCommas(ColumnFacts column) {
    if (column.count(Shape.DECIMAL_COMMA) == 0
        || !column.areAll(Set.of(Shape.DECIMAL_COMMA, Shape.NUMBER, Shape.ZERO_OR_ONE))) {
      return false;
    }
    remarks.doubt(
        "%s holds numbers with a comma (%s), sent as text; a number has a point"
            .formatted(column.name(), column.firstOther(Shape.NUMBERS)));
    return true;
  }

  private void lookForTimes(ColumnFacts column, Format format) {
    if (column.areAll(Shape.DATES)) {
      if (column.count(Shape.DATE) > 0) {
        declare(column, "date", "for dates, which without a time of day would stay text");
      } else {
        declareTimesOfJson(column, format);
      }
    } else if (column.areAll(Set.of(Shape.SECONDS)) && Names.isOfTimes(column.name())) {
      declare(column, "date", "for its name and epoch seconds");
    } else if (column.areAll(Set.of(Shape.MILLISECONDS)) && Names.isOfTimes(column.name())) {
      remarks.doubt(
          column.name()
              + " looks like milliseconds, sent as numbers; a date takes seconds, divide by 1000"
              + " in the query");
    } else if (column.areMostly(Set.of(Shape.OTHER_DATE))) {
      remarks.doubt(
          ("%s holds dates in a form that is not read (%s), sent as text; a date is 2020-08-01"
                  + " or 2020-08-01 00:00:00")
              .formatted(column.name(), column.firstOther(Shape.DATES)));
    } else {
      tellOfSlips(column, Shape.DATES, "date", "dates");
    }
  }

  /** In CSV they are found; JSON has no type for them. */
  private void declareTimesOfJson(ColumnFacts column, Format format) {
    if (format.type() == Format.Type.JSONL) {
      declare(column, "date", "for times, which JSON has as text");
    }
  }

  private boolean tellOfSlips(ColumnFacts column, Set<Shape> shapes, String type, String word) {
    long fitting = column.sum(shapes);
    if (fitting == column.filled() || fitting * 100 < column.filled() * NEARLY_ALL) {
      return false;
    }
    remarks.doubt(
        ("%s is %s but for %s, the first %s: sent as text. Declared as \"%s\", such rows are"
                + " rejected instead")
            .formatted(
                column.name(),
                word,
                Text.rows(column.filled() - fitting),
                column.firstOther(shapes),
                type));
    return true;
  }
}
