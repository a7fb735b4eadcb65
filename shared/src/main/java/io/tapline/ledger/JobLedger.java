package io.tapline.ledger;

import io.tapline.aws.ObjectUpload;
import io.tapline.chunk.ChunkId;
import io.tapline.chunk.StoredRows;
import io.tapline.export.Row;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The objects of one job: {@code jobs/<sync>/<job>/}. Thread-safe. */
public final class JobLedger {

  private static final String STAGING = "staging/";
  private static final String MARK = ".json";

  private final Documents documents;
  private final String folder;

  JobLedger(Documents documents, String folder) {
    this.documents = documents;
    this.folder = folder;
  }

  /** Writes {@code job.json} unless it is there. */
  public void putJob(Job job) {
    documents.putOnce(folder + "job.json", job);
  }

  /** The job as it was opened; empty when it was not, or when it has expired. */
  public Optional<Job> job() {
    return documents.get(folder + "job.json", Job.class);
  }

  /** Writes a mark unless it is there. */
  public void putMark(Mark mark) {
    documents.putOnce(folder + STAGING + mark.number() + MARK, mark);
  }

  /** How far staging has come; empty when it has no mark yet. */
  public Optional<Mark> latestMark() {
    return documents.names(folder + STAGING).stream()
        .filter(name -> name.endsWith(MARK))
        .map(name -> Integer.valueOf(name.substring(0, name.length() - MARK.length())))
        .max(Comparator.naturalOrder())
        .flatMap(number -> documents.get(folder + STAGING + number + MARK, Mark.class));
  }

  /** The mark at which staging ended; empty while it has not. */
  public Optional<Mark> lastMark() {
    return latestMark().filter(Mark::last);
  }

  /** Notes that an invocation ran out of time; the first one before a mark stays. */
  public void putTimeout(Timeout timeout) {
    documents.putOnce(timeoutKey(timeout.mark()), timeout);
  }

  /** The first invocation that ran out of time before it reached a mark; empty when none did. */
  public Optional<Timeout> timeout(int mark) {
    return documents.get(timeoutKey(mark), Timeout.class);
  }

  /** When staging last wrote something down; before its first mark, when the job was opened. */
  public Optional<Instant> lastSignOfStaging() {
    return documents
        .youngest(folder + STAGING)
        .or(() -> documents.lastModified(folder + "job.json"));
  }

  /** Writes a packed chunk; a repeat writes the same bytes. */
  public void putChunk(ChunkId chunk, byte[] packed) {
    documents.put(chunkKey(chunk), packed);
  }

  /**
   * Reads the rows of a chunk.
   *
   * @throws IllegalStateException when it is not there: jobs expire, and a message may outlive its
   *     job
   */
  public List<Row> chunk(ChunkId chunk) {
    return documents
        .bytes(chunkKey(chunk))
        .map(StoredRows::unpack)
        .orElseThrow(() -> new IllegalStateException("no chunk at " + chunkKey(chunk)));
  }

  /** Whether a chunk is there. */
  public boolean hasChunk(ChunkId chunk) {
    return documents.exists(chunkKey(chunk));
  }

  /** The objects of one of its runs; 1 is the first. */
  public RunLedger run(int run) {
    return new RunLedger(documents, folder + "runs/" + run + "/");
  }

  /**
   * Asks for another run.
   *
   * @return false when it was asked for before
   */
  public boolean putRedrive(Redrive redrive) {
    return documents.putOnce(redriveKey(redrive.run()), redrive);
  }

  /** What a run was asked to do; empty for the first run, and for one that nobody asked for. */
  public Optional<Redrive> redrive(int run) {
    return run == 1 ? Optional.empty() : documents.get(redriveKey(run), Redrive.class);
  }

  /** The number of its latest run. */
  public int latestRun() {
    return documents.names(folder + "redrives/").stream()
        .mapToInt(name -> Integer.parseInt(name.substring(0, name.indexOf('.'))))
        .max()
        .orElse(1);
  }

  /** Takes outcomes of several runs. */
  @FunctionalInterface
  public interface OutcomesByRun {

    /**
     * Takes an outcome.
     *
     * @param redrive what its run was asked to do; null for the first run
     */
    void take(int run, @Nullable Redrive redrive, Outcome outcome);
  }

  /**
   * Reads all outcomes of the runs up to {@code lastRun}: those of one run after those of the run
   * before, within a run in no order.
   */
  public void readOutcomes(int lastRun, OutcomesByRun taker) {
    for (int run = 1; run <= lastRun; run++) {
      int number = run;
      Redrive redrive = redrive(run).orElse(null);
      run(run).readOutcomes(outcome -> taker.take(number, redrive, outcome));
    }
  }

  /**
   * What the runs before {@code run} have made of a chunk.
   *
   * @param events whether its rows are events
   */
  public ChunkHistory history(ChunkId chunk, int run, boolean events) {
    ChunkHistory history = new ChunkHistory(events);
    for (int earlier = 1; earlier < run; earlier++) {
      Redrive redrive = redrive(earlier).orElse(null);
      run(earlier).outcome(chunk).ifPresent(outcome -> history.add(outcome, redrive));
    }
    return history;
  }

  /**
   * Where {@code report.json}, {@code rejects.csv} and the like of this job lie in the work bucket.
   */
  public String reportKey(String name) {
    return folder + name;
  }

  /** Writes a report of the job, over an older one. */
  public void putReport(String name, byte[] content) {
    documents.put(reportKey(name), content);
  }

  /** Writes a report of unknown size, over an older one. */
  public ObjectUpload uploadReport(String name) {
    return documents.upload(reportKey(name));
  }

  /** Whether a report of the job is there. */
  public boolean hasReport(String name) {
    return documents.exists(reportKey(name));
  }

  /** Reads a report of the job. */
  public Optional<byte[]> report(String name) {
    return documents.bytes(reportKey(name));
  }

  private String timeoutKey(int mark) {
    return folder + STAGING + mark + ".timeout";
  }

  private String redriveKey(int run) {
    return folder + "redrives/" + run + ".json";
  }

  private String chunkKey(ChunkId chunk) {
    return folder + "chunks/" + chunk + ".gz";
  }
}
