package io.tapline.ledger;

import io.tapline.aws.ObjectStore;
import io.tapline.sync.SettingsName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The objects in the work bucket that say where each job stands. Nothing else holds state, so a
 * function that dies can be started again anywhere. Thread-safe.
 */
public final class Ledger {

  private static final String CLAIMS = "claims/";
  private static final String SYNCS = "syncs/";
  private static final String JOBS = "jobs/";
  private static final String RESTAGES = "restages/";
  private static final String JSON_ENDING = ".json";

  private final Documents documents;
  private final String workBucket;

  /** The ledger in this work bucket. */
  public Ledger(ObjectStore store, String workBucket) {
    this.documents = new Documents(store, workBucket);
    this.workBucket = workBucket;
  }

  /** Gets ready to read what a push reads; else its first read takes longer. */
  public static void prime() {
    Json.prime(List.of(Job.class, Mark.class));
  }

  /** The bucket that it is in. */
  public String workBucket() {
    return workBucket;
  }

  /** The files of all syncs, by the syncs' names. */
  public Map<String, byte[]> syncFiles() {
    Map<String, byte[]> files = new HashMap<>();
    for (String name : documents.names(SYNCS)) {
      if (name.endsWith(JSON_ENDING)) {
        documents
            .bytes(SYNCS + name)
            .ifPresent(
                json -> files.put(name.substring(0, name.length() - JSON_ENDING.length()), json));
      }
    }
    return files;
  }

  /** Writes the file of a sync, over an older one. */
  public void putSyncFile(String name, byte[] json) {
    documents.put(SYNCS + name + JSON_ENDING, json);
  }

  /** When the file of a sync was last written; empty when there is none. */
  public Optional<Instant> syncFileWritten(String name) {
    return documents.lastModified(SYNCS + name + JSON_ENDING);
  }

  /** Deletes the file of a sync; its open jobs go on by what it said when they were opened. */
  public void deleteSyncFile(String name) {
    documents.delete(SYNCS + name + JSON_ENDING);
  }

  /** Who took an export; empty when nobody did. */
  public Optional<Claim> claim(String job) {
    return documents.get(CLAIMS + job, Claim.class);
  }

  /**
   * Takes an export.
   *
   * @return false when it was taken before
   */
  public boolean putClaim(String job, Claim claim) {
    return documents.putOnce(CLAIMS + job, claim);
  }

  /** The jobs of the claimed exports that were last modified at {@code from} or later. */
  public List<String> claimed(Instant from) {
    return documents.names(CLAIMS, CLAIMS + JobId.second(from));
  }

  /** Marks a run as open. */
  public void putOpen(OpenRun run) {
    documents.putOnce(openKey(run), run);
  }

  /** Whether a run is marked as open. */
  public boolean isOpen(OpenRun run) {
    return documents.exists(openKey(run));
  }

  /** When a run was marked as open; empty when it is not. */
  public Optional<Instant> openSince(OpenRun run) {
    return documents.lastModified(openKey(run));
  }

  /** Takes the mark of an open run away. */
  public void deleteOpen(OpenRun run) {
    documents.delete(openKey(run));
  }

  /** All open runs, older jobs first. */
  public List<OpenRun> openRuns() {
    return openRuns("open/");
  }

  /** The open runs of a sync, older jobs first. */
  public List<OpenRun> openRuns(Job job) {
    return openRuns("open/" + job.sync() + "/");
  }

  private List<OpenRun> openRuns(String prefix) {
    List<OpenRun> runs = new ArrayList<>();
    for (String name : documents.names(prefix)) {
      String[] parts = (prefix + name).split("/", -1);
      runs.add(new OpenRun(parts[1], parts[2], Integer.parseInt(parts[3])));
    }
    runs.sort(Comparator.comparing(OpenRun::job, JobId.ORDER).thenComparingInt(OpenRun::run));
    return runs;
  }

  /** Asks for a second job of an export; asking once more changes nothing. */
  public void putRestage(Restage restage) {
    documents.putOnce(restageKey(restage.job()), restage);
  }

  /** The second jobs that were asked for and not taken back. */
  public List<Restage> restages() {
    return documents.names(RESTAGES).stream()
        .map(name -> documents.get(RESTAGES + name, Restage.class))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Takes back the wish for a second job, once it is open or can't be had. */
  public void deleteRestage(String job) {
    documents.delete(restageKey(job));
  }

  /**
   * The objects of a job, whether it exists or not.
   *
   * @throws IllegalArgumentException when none can be named so: names come from messages and
   *     events, too, and must not lead out of the folder of jobs; the message does not quote them
   */
  public JobLedger job(String sync, String job) {
    if (!SettingsName.isValid(sync) || !SettingsName.isValid(job)) {
      throw new IllegalArgumentException(
          "the names of a sync and of a job must be " + SettingsName.ALLOWED);
    }
    return new JobLedger(documents, jobsFolder(sync) + job + "/");
  }

  /**
   * The jobs of a sync whose exports were last modified in the second of {@code from} or later,
   * older ones first; those that have not expired. A listing of one request a thousand.
   */
  public List<String> jobs(String sync, Instant from) {
    String folder = jobsFolder(sync);
    return documents.folders(folder, folder + JobId.second(from)).stream()
        .sorted(JobId.ORDER)
        .toList();
  }

  /** The syncs that have jobs which have not expired. */
  public List<String> syncsWithJobs() {
    return documents.folders(JOBS, null);
  }

  /** Whether a newer job of its sync was released, or is just being released. */
  public boolean isOvertaken(Job job) {
    String folder = jobsFolder(job.sync());
    return documents.folders(folder, folder + JobId.export(job.id())).stream()
        .filter(other -> JobId.ORDER.compare(other, job.id()) > 0)
        .anyMatch(newer -> job(job.sync(), newer).run(1).isReleasing(0));
  }

  /** The types that earlier exports taught a sync; of none, when there was none. */
  public LearnedTypes learnedTypes(String sync) {
    return documents.names("types/" + sync + "/").stream()
        .map(name -> Integer.valueOf(name.substring(0, name.length() - JSON_ENDING.length())))
        .max(Comparator.naturalOrder())
        .flatMap(number -> documents.get(typesKey(sync, number), LearnedTypes.class))
        .orElse(LearnedTypes.NONE);
  }

  /**
   * Notes what a sync has learned.
   *
   * @param learned made by {@link LearnedTypes#next} of what {@link #learnedTypes} gave
   * @return false when another job was faster: read anew, and decide again
   */
  public boolean putLearnedTypes(String sync, LearnedTypes learned) {
    return documents.putOnce(typesKey(sync, learned.number()), learned);
  }

  private static String restageKey(String job) {
    return RESTAGES + job + JSON_ENDING;
  }

  private static String typesKey(String sync, int number) {
    return "types/" + sync + "/" + number + JSON_ENDING;
  }

  private static String jobsFolder(String sync) {
    return JOBS + sync + "/";
  }

  private static String openKey(OpenRun run) {
    return "open/" + run.sync() + "/" + run.job() + "/" + run.run();
  }
}
