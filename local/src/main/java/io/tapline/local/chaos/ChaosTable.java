package io.tapline.local.chaos;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What was found, by kind of fault. Thread-safe. */
final class ChaosTable {

  private static final String FORMAT = "%-66s %6s %9s %5s %8s %7s %8s%n";

  private final Map<Kind, Sum> sums = new EnumMap<>(Kind.class);

  private record Sum(long runs, Findings findings) {}

  /** Adds what was found in a run. */
  synchronized void add(Kind kind, Findings findings) {
    Sum before = sums.getOrDefault(kind, new Sum(0, Findings.NONE));
    sums.put(kind, new Sum(before.runs + 1, before.findings.plus(findings)));
  }

  /** A line for each kind. */
  synchronized String toText() {
    StringBuilder text =
        new StringBuilder(
            FORMAT.formatted("fault", "runs", "rows", "lost", "doubled", "stated", "bad jobs"));
    sums.forEach(
        (kind, sum) -> {
          Findings found = sum.findings();
          text.append(
              FORMAT.formatted(
                  kind.title(),
                  number(sum.runs()),
                  number(found.rows()),
                  number(found.lost()),
                  number(found.doubled()),
                  number(found.stated()),
                  number(found.badReports())));
        });
    return text.toString();
  }

  /** The same as a table of Markdown. */
  synchronized String toMarkdown() {
    StringBuilder text =
        new StringBuilder(
            """
            | fault | runs | rows | rows lost | rows doubled | of these stated | jobs whose report is wrong |
            |---|---|---|---|---|---|---|
            """);
    sums.forEach(
        (kind, sum) -> {
          Findings found = sum.findings();
          text.append(
              "| %s | %s | %s | %s | %s | %s | %s |%n"
                  .formatted(
                      kind.title(),
                      number(sum.runs()),
                      number(found.rows()),
                      number(found.lost()),
                      number(found.doubled()),
                      number(found.stated()),
                      number(found.badReports())));
        });
    return text.toString();
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
