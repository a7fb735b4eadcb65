package io.tapline.sync;

import java.net.URI;

/**
 * One CleverTap account.
 *
 * @param passcode a secret: never logged, never in a message
 * @param baseUrl scheme, host and port of the API, without a path
 */
public record Connection(String name, String accountId, String passcode, URI baseUrl) {

  /** Leaves the passcode out. */
  @Override
  public String toString() {
    return "Connection[name=" + name + ", accountId=" + accountId + ", baseUrl=" + baseUrl + "]";
  }
}
