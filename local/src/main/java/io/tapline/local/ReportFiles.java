package io.tapline.local;

import io.tapline.ledger.JobLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files of a job's report. */
final class ReportFiles {

  /** The report, for people where it is there: a job may have been closed before it had a page. */
  static final List<String> REPORT = List.of("report.html", "report.json");

  /** The rejected rows, of which a job has at most one file. */
  static final List<String> REJECTS = List.of("rejects.csv", "rejects.jsonl");

  /** What is copied to {@code --out}. */
  static final List<String> ALL =
      List.of("report.json", "report.html", "rejects.csv", "rejects.jsonl");

  private ReportFiles() {}

  /**
   * Copies those that there are to a folder, and deletes there those of an earlier job.
   *
   * @return the folder
   */
  static Path copy(JobLedger job, Path out) {
    try {
      for (String name : ALL) {
        Path copy = out.resolve(name);
        Optional<byte[]> content = job.report(name);
        if (content.isPresent()) {
          Files.write(copy, content.get());
        } else {
          Files.deleteIfExists(copy);
        }
      }
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
