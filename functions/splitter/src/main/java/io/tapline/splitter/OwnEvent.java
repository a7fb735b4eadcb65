package io.tapline.splitter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.ledger.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Tapline's own events for the splitter. */
sealed interface OwnEvent {

  /** A job that is open has to go on: {@code {"tapline": {"sync": "…", "job": "…"}}}. */
  record GoOn(String sync, String job) implements OwnEvent {

    static GoOn with(Job job) {
      return new GoOn(job.sync(), job.id());
    }

    byte[] toJson() {
      try {
        return Json.MAPPER.writeValueAsBytes(
            Json.MAPPER
                .createObjectNode()
                .set(
                    Json.TAPLINE,
                    Json.MAPPER.createObjectNode().put(Json.SYNC, sync).put(Json.JOB, job)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** It is time to sweep: {@code {"tapline": {"sweep": true}}}. */
  record DoSweep() implements OwnEvent {}

  /**
   * Reads an event; empty when it is of another kind.
   *
   * @throws IllegalArgumentException when it is Tapline's, but neither of these
   * @throws IOException when it is not JSON
   */
  static Optional<OwnEvent> of(byte[] event) throws IOException {
    JsonNode own = Json.MAPPER.readTree(event).path(Json.TAPLINE);
    if (own.isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(
        own.path("sweep").asBoolean()
            ? new DoSweep()
            : new GoOn(own.required(Json.SYNC).asText(), own.required(Json.JOB).asText()));
  }

  /** How they look as JSON. */
  final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String TAPLINE = "tapline";
    private static final String SYNC = "sync";
    private static final String JOB = "job";

    private Json() {}
  }
}
