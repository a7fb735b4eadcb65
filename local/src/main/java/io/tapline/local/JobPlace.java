package io.tapline.local;

import io.tapline.ledger.Claim;
import io.tapline.ledger.JobId;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Ledger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A work bucket, on AWS or in a folder of this machine, as one reads it who looks for jobs.
 *
 * @param name what a person calls it: {@code s3://BUCKET}, or the folder
 * @param folder of the embedded S3; null on AWS
 */
record JobPlace(String name, Ledger ledger, @Nullable Path folder) {

  /** What reading needs of S3. */
  private static final String NEEDS = "s3:ListBucket and s3:GetObject";

  /** The jobs that have not expired, newer exports first: two requests and one for each sync. */
  List<FoundJob> jobs() {
    List<FoundJob> jobs = new ArrayList<>();
    for (String sync : ledger.syncsWithJobs()) {
      ledger.jobs(sync, Instant.EPOCH).stream()
          .filter(JobId::isOne) // not what somebody else put there
          .forEach(id -> jobs.add(new FoundJob(this, sync, id)));
    }
    jobs.sort(Comparator.comparing(FoundJob::id, JobId.ORDER).reversed());
    return jobs;
  }

  /** The job with this very id, though it may have expired; empty where there was none. */
  Optional<FoundJob> job(String id) {
    return JobId.isOne(id)
        ? ledger.claim(id).map(Claim::sync).map(sync -> new FoundJob(this, sync, id))
        : Optional.empty();
  }

  /**
   * Asks the ledger something.
   *
   * @throws UsageException where the bucket can't be read
   */
  <T> T ask(Supplier<T> question) {
    try {
      return question.get();
    } catch (SdkException e) {
      throw S3Trouble.ofBucket(ledger.workBucket(), NEEDS, e);
    }
  }

  /** Several places, for a message. */
  static String names(List<JobPlace> places) {
    return places.stream().map(JobPlace::name).collect(Collectors.joining(" or "));
  }

  /** A job, and where it lies. */
  record FoundJob(JobPlace place, String sync, String id) {

    JobLedger ledger() {
      return place.ledger.job(sync, id);
    }

    /** Where one who looks for it finds a report of it. */
    String reportPlace(String report) {
      String key = ledger().reportKey(report);
      String bucket = place.ledger.workBucket();
      return place.folder == null
          ? "s3://" + bucket + "/" + key
          : place.folder.resolve(bucket).resolve(key).toString();
    }
  }
}
