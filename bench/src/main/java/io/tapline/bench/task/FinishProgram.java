package io.tapline.bench.task;

import io.tapline.aws.AwsClients;
import io.tapline.aws.Clock;
import io.tapline.aws.S3ObjectStore;
import io.tapline.bench.rig.PushedJob;
import io.tapline.local.EmbeddedS3;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/** Closes a run of many chunks over the embedded S3. */
final class FinishProgram {

  private FinishProgram() {}

  static Figures run(int chunks, Path folder) throws IOException {
    try (EmbeddedS3 embedded = EmbeddedS3.start(folder);
        S3Client s3 =
            AwsClients.at(embedded.endpoint(), embedded.endpoint(), embedded.credentials()).s3()) {
      s3.createBucket(request -> request.bucket(PushedJob.WORK_BUCKET));
      PushedJob job = PushedJob.ofProfiles(new S3ObjectStore(s3, Clock.system()), chunks);
      job.write();
      Stopwatch watch = new Stopwatch();
      int closed = job.finish().size();
      double seconds = watch.seconds();
      if (closed != 1) {
        throw new IllegalStateException("the run was not closed");
      }
      return new Figures(Map.of(Figures.SECONDS, seconds));
    }
  }
}
