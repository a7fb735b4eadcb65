package io.tapline.clevertap;

import io.tapline.sync.RecordKind;

/** Where CleverTap takes records, and how a call holds them. */
public enum Endpoint {
  /** Profiles, events and device tokens. */
  UPLOAD("/1/upload", "d", true),
  /** Its answer tells how the call went, and nothing of its identities. */
  DEMERGE("/1/demerge/profiles.json", "identities", false),
  SUBSCRIBE("/1/subscribe", "d", true),
  DISASSOCIATE("/1/disassociate", "d", true);

  private final String path;
  private final String list;
  private final boolean counts;

  Endpoint(String path, String list, boolean counts) {
    this.path = path;
    this.list = list;
    this.counts = counts;
  }

  /**
   * Where records of a kind go.
   *
   * @throws IllegalArgumentException for members of a list, which go into a file
   */
  public static Endpoint of(RecordKind kind) {
    return switch (kind) {
      case PROFILE, EVENT, TOKEN -> UPLOAD;
      case DEMERGE -> DEMERGE;
      case SUBSCRIPTION -> SUBSCRIBE;
      case DISASSOCIATION -> DISASSOCIATE;
      case LIST_MEMBER -> throw new IllegalArgumentException("no call takes members of a list");
    };
  }

  /** From the root of the API's host. */
  public String path() {
    return path;
  }

  /** The key of the request's list of records. */
  public String list() {
    return list;
  }

  /** Whether an answer says how many records were processed. */
  public boolean countsRecords() {
    return counts;
  }
}
