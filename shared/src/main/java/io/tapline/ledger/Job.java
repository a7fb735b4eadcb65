package io.tapline.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.aws.ObjectVersion;
import io.tapline.sync.Format;
import io.tapline.sync.Sync;
import io.tapline.sync.SyncLoader;
import java.time.Instant;

/**
 * One export pushed by one sync ({@code job.json}). Chunks are a pure function of the export and of
 * this.
 *
 * @param id see {@link JobId}
 * @param sync the sync's name
 * @param settings the sync's settings as they were when the job was opened
 * @param lanes how many lanes the rows are dealt to
 */
public record Job(
    String id, String sync, ObjectVersion export, JsonNode settings, int lanes, Instant openedAt) {

  /** The settings, read. */
  public Sync toSync() {
    return SyncLoader.load(sync, Json.write(settings), "job " + id);
  }

  /** How the export is to be read. */
  public Format format() {
    return toSync().format().resolve(export.key());
  }
}
