package io.tapline.chunk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.regex.Pattern;

/**
 * What a queue message says: where a chunk lies, and nothing of what is in it.
 *
 * @param run 1 for the first push of the job
 * @param lane from 0
 * @param number the chunk's place in the lane, from 0
 */
public record ChunkMessage(String sync, String job, int run, int lane, int number) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** What the names of syncs and the ids of jobs are made of, so that no key leaves its folder. */
  private static final Pattern NAME = Pattern.compile("(?!\\.+$)[A-Za-z0-9._-]{1,64}");

  /** The message that points to a chunk of a run. */
  public static ChunkMessage of(String sync, String job, int run, ChunkId chunk) {
    return new ChunkMessage(sync, job, run, chunk.lane(), chunk.number());
  }

  /** Which chunk of the job it points to. */
  public ChunkId chunk() {
    return new ChunkId(lane, number);
  }

  /**
   * The group whose messages are handed out one at a time: a lane.
   *
   * @param owner who has the lanes: the sync; or, where CleverTap takes fewer calls at once than a
   *     sync may have threads, the account
   */
  public String group(String owner) {
    return owner + "-" + lane;
  }

  /** Tells a message from all others, so that one sent twice is handed out once. */
  public String deduplicationId() {
    return "%s-%d-%d-%d".formatted(job, run, lane, number);
  }

  /** The body of the queue message. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads {@link #toJson()} back.
   *
   * @throws IllegalArgumentException when it is no message of this kind; nothing of it is quoted,
   *     since nobody knows what it is
   */
  public static ChunkMessage parse(String json) {
    ChunkMessage message;
    try {
      message = JSON.readValue(json, ChunkMessage.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not the JSON of a chunk message");
    }
    if (message == null || !message.isPossible()) {
      throw new IllegalArgumentException("not a message of a chunk that there can be");
    }
    return message;
  }

  private boolean isPossible() {
    return NAME.matcher(sync).matches()
        && NAME.matcher(job).matches()
        && run >= 1
        && lane >= 0
        && number >= 0;
  }
}
