package io.tapline.splitter;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What became of one object: an entry of the splitter's answer.
 *
 * @param job null when the object was ignored
 * @param code why it was ignored, or its job stopped; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Split(String key, @Nullable String job, Status status, @Nullable String code) {

  /** How far its job has come. */
  enum Status {
    /** Its chunks are queued, or the first window of them. */
    RELEASED,
    /** It is staged and waits for an older job of its sync. */
    WAITING,
    /** Another invocation goes on with it. */
    HANDED_OVER,
    /** It is stopped; nothing of it is sent. */
    STOPPED,
    /** This export was pushed before. */
    OVER,
    /** Nothing can be done with it. */
    IGNORED
  }
}
