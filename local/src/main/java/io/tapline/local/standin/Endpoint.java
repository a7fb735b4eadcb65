package io.tapline.local.standin;

/** One of CleverTap's APIs. Implementations are safe for several threads. */
interface Endpoint {

  String method();

  String path();

  /** How many calls it takes at once. */
  int maxConcurrency();

  /** Answers a call of this method to this path that was let in; its credentials are right. */
  Handled handle(Request request);

  /**
   * What became of a call.
   *
   * @param stored whether something of it was accepted, so that it belongs in the request log
   */
  record Handled(Reply reply, boolean stored) {}
}
