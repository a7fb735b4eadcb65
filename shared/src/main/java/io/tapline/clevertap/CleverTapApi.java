package io.tapline.clevertap;

import io.tapline.sync.Connection;
import java.net.URI;
import java.time.Duration;

/** CleverTap's API, one call at a time. Safe for use by several threads. */
public interface CleverTapApi {

  /**
   * Posts a JSON body and waits for the answer, once: whether to try again is the caller's to say.
   *
   * @param path from the root of the API's host
   * @param timeout for the whole call; over it, the outcome is unknown
   */
  Reply post(Connection connection, String path, byte[] json, Duration timeout);

  /**
   * Puts a custom list to a URL that CleverTap gave, once, and waits for the answer. The URL is all
   * that is needed there: no credentials go along, and it is itself a secret.
   *
   * @param timeout for the whole list; over it, the outcome is unknown
   * @throws RuntimeException when the list can't be read
   * @throws UnsupportedOperationException unless this is an API that takes lists
   */
  default Reply put(URI url, ListFile list, Duration timeout) {
    throw new UnsupportedOperationException("this API takes no lists");
  }
}
