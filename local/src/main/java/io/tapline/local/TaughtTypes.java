package io.tapline.local;

import io.tapline.aws.AwsClients;
import io.tapline.aws.Clock;
import io.tapline.aws.S3ObjectStore;
import io.tapline.ledger.Ledger;
import io.tapline.sync.ColumnType;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/**
 * The column types that earlier exports taught a sync, as a push would find them. Looking at them
 * writes nothing: the files of an embedded S3 are read as they lie, so that no server is started
 * and nobody is kept from pushing.
 */
final class TaughtTypes {

  private static final String NEEDS = "s3:ListBucket and s3:GetObject";

  private TaughtTypes() {}

  /**
   * Those that an embedded S3 keeps in this folder; none where there is no folder.
   *
   * @throws UsageException when they can't be read
   */
  static Map<String, ColumnType> in(Path work, String sync) {
    String bucket = OneMachine.Names.DEFAULT.workBucket();
    try {
      return new Ledger(new FolderObjects(work), bucket).learnedTypes(sync).types();
    } catch (UncheckedIOException e) {
      throw new UsageException(
          "the types that sync %s has learned can't be read in %s; use another folder with --work"
              .formatted(sync, work.resolve(bucket)));
    }
  }

  /**
   * Those in the work bucket of this machine; none where there is no such bucket yet.
   *
   * @throws UsageException when S3 does not give them
   */
  static Map<String, ColumnType> inBucketOfHere(String bucket, String sync) {
    try {
      return learned(bucket, sync);
    } catch (NoSuchBucketException e) {
      return Map.of();
    } catch (SdkException e) {
      throw S3Trouble.ofBucket(bucket, NEEDS, e);
    }
  }

  /**
   * Those in a work bucket that somebody named.
   *
   * @throws UsageException when there is none, or S3 does not give them
   */
  static Map<String, ColumnType> inBucket(String bucket, String sync) {
    try {
      return learned(bucket, sync);
    } catch (SdkException e) {
      throw S3Trouble.ofBucket(bucket, NEEDS, e);
    }
  }

  private static Map<String, ColumnType> learned(String bucket, String sync) {
    return new Ledger(new S3ObjectStore(AwsClients.fromEnvironment().s3(), Clock.system()), bucket)
        .learnedTypes(sync)
        .types();
  }
}
