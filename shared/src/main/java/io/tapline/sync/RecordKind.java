package io.tapline.sync;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the rows of a sync become in CleverTap: one for each of the seven ways to push. */
public enum RecordKind {
  PROFILE(1000, Integer.MAX_VALUE),
  EVENT(1000, Integer.MAX_VALUE),
  /** A device token of a user. */
  TOKEN(100, Integer.MAX_VALUE),
  /** An identity whose merged profiles are taken apart. */
  DEMERGE(100, 3),
  /** Whether an e-mail address or a phone number may be written to. */
  SUBSCRIPTION(1000, Integer.MAX_VALUE),
  /** A phone number that is taken from all profiles that have it. */
  DISASSOCIATION(1000, Integer.MAX_VALUE),
  /** A user on a custom list. There is no call for it: its chunk becomes a part of the list. */
  LIST_MEMBER(100_000, Integer.MAX_VALUE);

  private final int perChunk;
  private final int maxCalls;

  RecordKind(int perChunk, int maxCalls) {
    this.perChunk = perChunk;
    this.maxCalls = maxCalls;
  }

  static RecordKind of(Target target, @Nullable Operation operation) {
    return switch (target) {
      case USER_EVENTS -> EVENT;
      case CUSTOM_LIST -> LIST_MEMBER;
      case USER_PROFILES ->
          switch (Objects.requireNonNull(operation)) {
            case UPLOAD_USER_PROFILES -> PROFILE;
            case UPLOAD_DEVICE_TOKENS -> TOKEN;
            case DEMERGE_USER_PROFILE -> DEMERGE;
            case UPDATE_SUBSCRIPTION -> SUBSCRIPTION;
            case DISASSOCIATE_PHONE -> DISASSOCIATION;
          };
    };
  }

  /** How many rows a chunk has at most: what CleverTap takes in one call. */
  public int rowsPerChunk() {
    return perChunk;
  }

  /**
   * Whether CleverTap takes fewer calls at once, for a whole account, than a sync may have threads.
   */
  public boolean isLimitedByAccount() {
    return maxCalls < Integer.MAX_VALUE;
  }

  /** How many lanes a sync of so many threads has. */
  public int lanes(int threadCount) {
    return Math.min(threadCount, maxCalls);
  }

  /** Whether a property may hold a list of values. */
  public boolean hasLists() {
    return this == PROFILE;
  }
}
