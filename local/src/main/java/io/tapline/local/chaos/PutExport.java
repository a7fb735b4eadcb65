package io.tapline.local.chaos;

import io.tapline.aws.ObjectVersion;
import io.tapline.ledger.JobId;
import io.tapline.ledger.Ledger;
import java.util.List;
import java.util.stream.IntStream;

/** An export that is in its bucket, or was until another one overwrote it. */
record PutExport(Export export, ObjectVersion version) {

  /** The id of its first job. */
  String firstJob() {
    return JobId.of(version);
  }

  /** Its jobs so far, in the order in which they were asked for. */
  List<String> jobs(Ledger ledger) {
    return IntStream.iterate(1, n -> n + 1)
        .mapToObj(n -> JobId.repeat(firstJob(), n))
        .takeWhile(job -> ledger.claim(job).isPresent())
        .toList();
  }
}
