package io.tapline.local.standin;

/** Plays one of CleverTap's APIs. Implementations are safe for several threads. */
interface Endpoint {

  Api api();

  /** How many calls it takes at once. */
  default int maxConcurrency() {
    return api().maxConcurrency();
  }

  /** Answers a call of this API that was let in; its credentials are right. */
  Handled handle(Request request);

  /**
   * What became of a call.
   *
   * @param stored whether something of it was accepted, so that it belongs in the request log
   */
  record Handled(Reply reply, boolean stored) {

    /** Nothing was accepted. */
    static Handled refused(Reply reply) {
      return new Handled(reply, false);
    }
  }
}
