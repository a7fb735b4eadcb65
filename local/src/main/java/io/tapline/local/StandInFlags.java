package io.tapline.local;

import io.tapline.local.standin.Faults;
import io.tapline.local.standin.StandIn;
import io.tapline.local.standin.StandInOptions;
import io.tapline.sync.CustomListSettings;
import io.tapline.sync.Sync;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the stand-in behaves that a command starts. */
final class StandInFlags {

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "Write each request that the stand-in accepted to a file, a line of JSON each.")
  private @Nullable Path record;

  @Option(
      names = "--faults",
      paramLabel = "SPEC",
      description = {
        "Let the stand-in misbehave: FAULT=WHEN, or API:FAULT=WHEN for calls of one API, with"
            + " commas between. For example latency=200ms,429=0.05,demerge:503=#1.",
        "WHEN: a share such as 0.05, numbers such as #3 or #3-8, or each n-th such as /10.",
        "FAULT, a call that is not processed: 400, 401, 403, 413, 429, 503, 500-before, 502-before,"
            + " 504-before, reset-before, hang-before, not-generated.",
        "… that is processed, and its reply lost: 500-after, 502-after, 504-after, reset-after,"
            + " hang-after. … with the reply changed: close, unnumbered, miscount, reversed.",
        "… a record: 555=WHENxTIMES (refused so often, then taken), partial=WHEN:CODE (refused"
            + " with that code).",
        "API: upload, demerge, subscribe, disassociate, segment-url, segment-put,"
            + " segment-complete.",
        "Also: latency=200ms (each call), retry-after=2 (seconds), seed=7 (of what is drawn)."
      })
  private @Nullable String faults;

  /** Whether any was given. */
  boolean areSet() {
    return record != null || faults != null;
  }

  /**
   * Starts the stand-in as these options and the syncs want it.
   *
   * @param port 0 takes a free one
   * @throws UsageException when an option can't be followed
   */
  StandIn start(Collection<Sync> syncs, int port) {
    try {
      return StandIn.start(options(syncs).port(port).build());
    } catch (UncheckedIOException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private StandInOptions.Builder options(Collection<Sync> syncs) {
    StandInOptions.Builder options =
        StandInOptions.builder()
            .maxEventProperties(syncs.stream().mapToInt(Sync::maxEventProperties).max().orElse(100))
            // It starts anew with each command, and would have nothing to replace.
            .existingSegments(
                syncs.stream()
                    .map(Sync::customList)
                    .filter(Objects::nonNull)
                    .filter(CustomListSettings::replace)
                    .map(CustomListSettings::name)
                    .collect(Collectors.toSet()));
    if (record != null) {
      options.requestLog(record);
    }
    if (faults != null) {
      try {
        options.faults(Faults.parse(faults));
      } catch (IllegalArgumentException e) {
        throw new UsageException("--faults: " + e.getMessage());
      }
    }
    return options;
  }
}
