package io.tapline.bench;

import static io.tapline.bench.task.Figures.SECONDS;

import io.tapline.bench.Workbench.Run;
import io.tapline.bench.data.TextForm;
import io.tapline.bench.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long staging takes, beside what inflating alone needs for the same export. */
final class StagingMeasurement implements Measurement {

  private static final String ALONE = "GZIPInputStream alone, ";
  private static final String CHECKED = ", each row checked";
  private static final Target TARGET = Target.atMost(2.5);

  @Override
  public Section measure(Workbench bench) throws IOException, InterruptedException {
    Map<String, Run> runs = new LinkedHashMap<>();
    for (TextForm form : TextForm.values()) {
      String plain = name(form);
      String packed = plain + ".gz";
      String packedFile = bench.export(form, true).toString();
      String plainFile = bench.export(form, false).toString();
      runs.put(ALONE + packed, new Run(Workbench.SPLITTER, Task.INFLATE, packedFile));
      runs.put(packed, staging(packedFile, true));
      runs.put(packed + CHECKED, staging(packedFile, false));
      runs.put(plain, staging(plainFile, true));
    }
    Rounds rounds = bench.rounds(runs);
    List<Line> lines = new ArrayList<>();
    for (TextForm form : TextForm.values()) {
      String plain = name(form);
      String packed = plain + ".gz";
      String alone = ALONE + packed;
      List<Double> ratio = rounds.ratio(packed, alone, SECONDS);
      String what = packed + ", times GZIPInputStream alone";
      lines.add(
          form == TextForm.CSV
              ? Line.of(what, ratio, "%.2f", TARGET)
              : Line.of(what, ratio, "%.2f"));
      lines.add(
          Line.of(
              plain + ", times GZIPInputStream alone for " + packed,
              rounds.ratio(plain, alone, SECONDS),
              "%.2f"));
      lines.add(
          Line.of(
              packed + CHECKED + ", times unchecked",
              rounds.ratio(packed + CHECKED, packed, SECONDS),
              "%.2f"));
    }
    for (String run : runs.keySet()) {
      lines.add(Line.of(run, rounds.of(run, SECONDS), "%.2f s"));
    }
    return new Section("Staging", lines);
  }

  private static Run staging(String file, boolean skip) {
    return new Run(Workbench.SPLITTER, Task.STAGE, file, Boolean.toString(skip));
  }

  private static String name(TextForm form) {
    return form.name().toLowerCase(Locale.ROOT);
  }
}
