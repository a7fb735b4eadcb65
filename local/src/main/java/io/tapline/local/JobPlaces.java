package io.tapline.local;

import io.tapline.aws.AwsClients;
import io.tapline.aws.Clock;
import io.tapline.aws.S3ObjectStore;
import io.tapline.ledger.Ledger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** The places that {@code --work} names, or that it stands for when it is not given. */
final class JobPlaces {

  /** What a path makes of {@code s3://}, where nothing follows. */
  private static final String S3 = "s3:";

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  private JobPlaces() {}

  /**
   * The bucket on AWS that {@code --work} names; empty where it names a folder, or nothing.
   *
   * @throws UsageException when it is no name of a bucket
   */
  static Optional<String> bucket(@Nullable Path work) {
    String text = String.valueOf(work);
    if (!text.equals(S3) && !text.startsWith(S3 + "/")) {
      return Optional.empty();
    }
    String bucket = text.equals(S3) ? "" : text.substring(S3.length() + 1);
    if (!BUCKET.matcher(bucket).matches()) {
      throw new UsageException(
          "--work is s3://%s; write s3://BUCKET, the name of the work bucket without a path"
              .formatted(bucket));
    }
    return Optional.of(bucket);
  }

  /** The option that leads a command to the places of {@link #of}; empty where none is needed. */
  static String option(@Nullable Path work) {
    return work == null
        ? ""
        : " --work " + bucket(work).map(bucket -> "s3://" + bucket).orElse(work.toString());
  }

  /** A bucket on AWS. */
  static JobPlace onAws(String bucket) {
    return new JobPlace("s3://" + bucket, ledger(bucket), null);
  }

  /**
   * The places to look for jobs in.
   *
   * @param work the value of {@code --work}; null: those that are the default
   * @param environment where an endpoint of S3 is looked for, as {@link Services#start} does
   */
  static List<JobPlace> of(@Nullable Path work, Map<String, String> environment) {
    Optional<String> bucket = bucket(work);
    if (bucket.isPresent()) {
      return List.of(onAws(bucket.get()));
    }
    String embedded = OneMachine.Names.DEFAULT.workBucket();
    if (Services.hasEndpoints(environment)) {
      return List.of(onAws(embedded));
    }
    if (work != null && !Files.isDirectory(work)) {
      throw new UsageException("--work: there is no folder " + work);
    }
    return (work != null ? List.of(work) : MachineOptions.defaultFolders())
        .stream().map(JobPlaces::inFolder).toList();
  }

  /** The embedded S3 of a folder. */
  static JobPlace inFolder(Path folder) {
    return new JobPlace(
        folder.toString(),
        new Ledger(new FolderObjects(folder), OneMachine.Names.DEFAULT.workBucket()),
        folder);
  }

  private static Ledger ledger(String bucket) {
    try {
      return new Ledger(
          new S3ObjectStore(AwsClients.fromEnvironment().s3(), Clock.system()), bucket);
    } catch (SdkException e) {
      throw S3Trouble.ofBucket(bucket, "", e); // no region is set
    }
  }
}
