package io.tapline.job;

import io.tapline.aws.TimeBudget;
import io.tapline.chunk.ChunkId;
import io.tapline.clevertap.CallTimes;
import io.tapline.clevertap.Caller;
import io.tapline.clevertap.CleverTapApi;
import io.tapline.clevertap.Reply;
import io.tapline.clevertap.ScriptedConnections;
import io.tapline.clevertap.TestSyncs;
import io.tapline.ledger.OpenRows;
import io.tapline.ledger.RowCounts;
import io.tapline.record.Mapped;
import io.tapline.sync.Sync;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Any bytes as CleverTap's answer; the first one chooses what was asked and the status. No failure,
 * no endless calls, and each record has one fate.
 */
public final class ReplyFuzzTarget {

  private static final int[] STATUSES = {200, 200, 200, 400, 413, 429, 500, 401, 204, 302};
  private static final List<Sync> SYNCS =
      List.of(
          TestSyncs.profiles(",\"skipOnInvalidRecord\":true"),
          TestSyncs.events(",\"skipOnInvalidRecord\":true"),
          TestSyncs.events(",\"unknownOutcome\":\"hold\""));

  /** More than all searches and repeats of a chunk may take. */
  private static final int MAX_CALLS = 200;

  private ReplyFuzzTarget() {}

  /** One try; a failure is a finding. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length < 1) {
      return;
    }
    int choice = data[0] & 0xFF;
    Sync sync = SYNCS.get(choice % SYNCS.size());
    int status = STATUSES[choice / SYNCS.size() % STATUSES.length];
    byte[] body = Arrays.copyOfRange(data, 1, data.length);
    int[] calls = {0};
    CleverTapApi api =
        (connection, path, json, timeout) -> {
          require(++calls[0] <= MAX_CALLS, "calls without an end");
          return new Reply.Answer(status, body, null);
        };
    MemoryInstallation parts = new MemoryInstallation();
    CheckedRows rows = Chunks.rows("abcadea");
    CallNotes notes =
        new CallNotes(
            parts.ledger().job("test", "job").run(1).calls(new ChunkId(0, 0)),
            sync.isEvents(),
            () -> false,
            parts.clock(),
            CallNotes.HOLD);
    Progress progress = Progress.start(rows);
    Caller caller =
        new Caller(
            api,
            new ScriptedConnections(),
            sync,
            parts.clock(),
            TimeBudget.unlimited(parts.clock()),
            progress.counts(),
            new CallTimes());
    new Delivery(sync, caller, progress, notes)
        .deliver()
        .ifPresent(
            end ->
                progress
                    .fates()
                    .giveUp(new Fate.Open(OpenRows.State.FAILED, end.code(), end.reason())));

    List<Mapped> records = rows.records();
    Fates fates = progress.fates();
    RowCounts counts = fates.counts();
    require(counts.addUp() && counts.read() == records.size(), "rows are lost: " + counts);
    Set<Long> told = new HashSet<>();
    fates
        .refusals()
        .forEach(
            refusal -> {
              require(told.add(refusal.row()), "two fates");
              require(
                  refusal.code().length() <= 32 && refusal.reason().length() <= 600, "long words");
            });
    for (OpenRows open : fates.open()) {
      open.rows().forEach(row -> require(told.add(row), "two fates"));
      require(open.reason().length() <= 600, "long words");
    }
    require(told.size() + counts.accepted() == records.size(), "other rows: " + counts);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new AssertionError(otherwise);
    }
  }
}
