package io.tapline.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.aws.ObjectVersion;
import io.tapline.ledger.Claim;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobId;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.OpenRun;
import io.tapline.ledger.Restage;
import io.tapline.sync.Sync;
import io.tapline.sync.Syncs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Opens the job of an export, once, whatever brings the news of it and however often. */
public final class Opening {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Installation installation;
  private final Ledger ledger;

  /** Opens jobs of this installation. */
  public Opening(Installation installation) {
    this.installation = installation;
    this.ledger = installation.ledger();
  }

  /** Opens the job of the export that arrived, or finds it open. */
  public Opened open(Arrival arrival) {
    return open(arrival, 1);
  }

  /**
   * Opens the {@code repeat}th job of the export that arrived.
   *
   * @param repeat 1 for its first job; more where someone asked for the export to be pushed again
   */
  public Opened open(Arrival arrival, int repeat) {
    Map<String, byte[]> files = ledger.syncFiles();
    return switch (Syncs.of(files).find(arrival.key())) {
      case Syncs.None none ->
          new Opened.Ignored(
              Opened.Ignored.NO_SYNC,
              "no sync has a prefix of s3://"
                  + arrival.bucket()
                  + "/"
                  + arrival.key()
                  + "; add a sync, or correct a prefix");
      case Syncs.Broken broken -> new Opened.Ignored(Opened.Ignored.BROKEN_SYNC, broken.message());
      case Syncs.Found found ->
          open(
              arrival,
              repeat,
              found.sync(),
              Objects.requireNonNull(files.get(found.sync().name())));
    };
  }

  /**
   * Opens a job that was claimed by someone who died before it was open.
   *
   * @return open, or ignored because its export or its sync is not there any more
   */
  public Opened reopen(String id, Claim claim) {
    Map<String, byte[]> files = ledger.syncFiles();
    Syncs syncs = Syncs.of(files);
    Sync sync = syncs.loaded().get(claim.sync());
    if (sync == null) {
      return files.containsKey(claim.sync())
          ? new Opened.Ignored(
              Opened.Ignored.BROKEN_SYNC, syncs.broken().getOrDefault(claim.sync(), ""))
          : new Opened.Ignored(
              Opened.Ignored.NO_SYNC, "there is no sync " + claim.sync() + " any more");
    }
    Arrival arrival = new Arrival(claim.bucket(), claim.key(), claim.version(), null);
    Optional<ObjectVersion> head =
        installation.store().head(arrival.bucket(), arrival.key(), arrival.versionId());
    if (head.isEmpty()) {
      return gone(arrival);
    }
    if (!JobId.of(head.get()).equals(JobId.export(id))) {
      return overwritten(arrival);
    }
    return goOn(sync.name(), id, sync, head.get(), Objects.requireNonNull(files.get(sync.name())));
  }

  /** Opens the second job of an export that someone asked for. */
  public Opened open(Restage restage) {
    Arrival arrival = new Arrival(restage.bucket(), restage.key(), restage.versionId(), null);
    Optional<String> found =
        installation
            .store()
            .head(restage.bucket(), restage.key(), restage.versionId())
            .map(export -> JobId.repeat(JobId.of(export), restage.repeat()));
    if (found.filter(restage.job()::equals).isEmpty()) {
      return new Opened.Ignored(
          Opened.Ignored.EXPORT_GONE,
          place(arrival) + " of job " + restage.job() + " is no longer there; export it again");
    }
    return open(arrival, restage.repeat());
  }

  private Opened open(Arrival arrival, int repeat, Sync sync, byte[] settings) {
    Optional<ObjectVersion> head =
        installation.store().head(arrival.bucket(), arrival.key(), arrival.versionId());
    if (head.isEmpty()) {
      return gone(arrival);
    }
    ObjectVersion export = head.get();
    if (arrival.etag() != null && !arrival.etag().equals(export.etag().replace("\"", ""))) {
      return overwritten(arrival);
    }
    if (sync.since() != null && export.lastModified().isBefore(sync.since())) {
      return new Opened.Ignored(
          "BEFORE_SINCE",
          "%s was last modified at %s, before \"since\" (%s) of sync %s; set an earlier one to push it"
              .formatted(place(arrival), export.lastModified(), sync.since(), sync.name()));
    }
    return take(JobId.repeat(JobId.of(export), repeat), sync, export, settings);
  }

  /** Claims an export, or goes on with the job of whoever claimed it, while it is open. */
  private Opened take(String id, Sync sync, ObjectVersion export, byte[] settings) {
    Optional<Claim> earlier = ledger.claim(id);
    if (earlier.isEmpty()) {
      OpenRun firstRun = new OpenRun(sync.name(), id, 1);
      // Before the claim: a claim without a marker is a job that is over.
      ledger.putOpen(firstRun);
      Claim claim =
          new Claim(
              sync.name(),
              export.bucket(),
              export.key(),
              export.versionId(),
              installation.clock().instant());
      if (ledger.putClaim(id, claim)) {
        if (!ledger.isOpen(firstRun)) {
          ledger.putOpen(firstRun); // the sweep took it for one that was left behind
        }
        return goOn(sync.name(), id, sync, export, settings);
      }
      earlier = ledger.claim(id);
      if (!isOf(earlier.orElseThrow(), sync)) {
        ledger.deleteOpen(firstRun);
      } else if (isClosed(sync, id)) {
        // The finalizer takes the marker away, once all are told of the run.
        return new Opened.Over(id);
      }
    }
    String owner = earlier.get().sync();
    return ledger.isOpen(new OpenRun(owner, id, 1))
        ? goOn(owner, id, sync, export, settings)
        : new Opened.Over(id);
  }

  private static boolean isOf(Claim claim, Sync sync) {
    return claim.sync().equals(sync.name());
  }

  private boolean isClosed(Sync sync, String id) {
    return ledger.job(sync.name(), id).run(1).closed().isPresent();
  }

  /**
   * Opens a claimed job, or finds it open. It belongs to the sync that claimed it, whichever the
   * export would fall to today.
   */
  private Opened goOn(String owner, String id, Sync sync, ObjectVersion export, byte[] settings) {
    JobLedger jobLedger = ledger.job(owner, id);
    jobLedger.putJob(
        new Job(id, owner, export, tree(settings), sync.lanes(), installation.clock().instant()));
    // What was written first counts, also when this is not it.
    return new Opened.Open(jobLedger.job().orElseThrow());
  }

  private static JsonNode tree(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Opened gone(Arrival arrival) {
    return new Opened.Ignored(
        Opened.Ignored.EXPORT_GONE, place(arrival) + " was deleted before it was read");
  }

  private static Opened overwritten(Arrival arrival) {
    return new Opened.Ignored(
        Opened.Ignored.EXPORT_OVERWRITTEN,
        place(arrival)
            + " was overwritten before it was read; turn on versioning in the export bucket so"
            + " that no export is lost");
  }

  private static String place(Arrival arrival) {
    return "s3://" + arrival.bucket() + "/" + arrival.key();
  }
}
