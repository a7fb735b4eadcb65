package io.tapline.local.standin;

import com.fasterxml.jackson.databind.JsonNode;

/** Listens to the records that the stand-in accepts. */
@FunctionalInterface
public interface Recorder {

  /**
   * Called for each accepted record, by one thread at a time: the records of a call in their order
   * and without others between them, the calls in the order in which they were processed.
   *
   * @param record as it was sent; not to be changed
   */
  void accepted(RecordKind kind, JsonNode record);
}
