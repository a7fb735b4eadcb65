package io.tapline.clevertap;

import io.tapline.sync.Connection;
import java.time.Duration;

/** One call of CleverTap's API. Safe for use by several threads. */
public interface CleverTapApi {

  /**
   * Posts a JSON body and waits for the answer, once: whether to try again is the caller's to say.
   *
   * @param path from the root of the API's host
   * @param timeout for the whole call; over it, the outcome is unknown
   */
  Reply post(Connection connection, String path, byte[] json, Duration timeout);
}
