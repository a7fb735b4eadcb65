package io.tapline.splitter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.ledger.Job;
import io.tapline.ledger.Ledger;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads Tapline's own event, which names a job that is open and has to go on: {@code {"tapline":
 * {"sync": "…", "job": "…"}}}.
 */
final class OpenJob {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private OpenJob() {}

  /**
   * The job that an event names; empty when it is another kind of event.
   *
   * @throws IllegalArgumentException when there is no such job
   * @throws IOException when the event is not JSON
   */
  static Optional<Job> of(byte[] event, Ledger ledger) throws IOException {
    JsonNode named = JSON.readTree(event).path("tapline");
    if (named.isMissingNode()) {
      return Optional.empty();
    }
    String sync = named.required("sync").asText();
    String job = named.required("job").asText();
    return Optional.of(
        ledger
            .job(sync, job)
            .job()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "there is no job %s of sync %s".formatted(job, sync))));
  }
}
