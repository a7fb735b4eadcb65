package io.tapline.clevertap;

import io.tapline.sync.Sync;
import io.tapline.sync.SyncLoader;
import java.nio.charset.StandardCharsets;

/** Syncs for tests. */
public final class TestSyncs {

  private TestSyncs() {}

  /**
   * Profiles.
   *
   * @param more further settings, each behind a comma
   */
  public static Sync profiles(String more) {
    return profiles(more, "UPLOAD_USER_PROFILES");
  }

  /**
   * Another operation on profiles.
   *
   * @param more further settings, each behind a comma
   */
  public static Sync profiles(String more, String operation) {
    return load("\"target\":\"USER_PROFILES\",\"operation\":\"" + operation + "\"" + more);
  }

  /**
   * Events.
   *
   * @param more further settings, each behind a comma
   */
  public static Sync events(String more) {
    return load("\"target\":\"USER_EVENTS\"" + more);
  }

  private static Sync load(String settings) {
    String json = "{\"connection\":\"prod\",\"prefix\":\"exports/\"," + settings + "}";
    return SyncLoader.load("test", json.getBytes(StandardCharsets.UTF_8), "test");
  }
}
