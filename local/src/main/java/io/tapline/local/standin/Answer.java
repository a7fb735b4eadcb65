package io.tapline.local.standin;

/** What the server does about a request. */
sealed interface Answer permits Reply, Answer.Reset {

  /** The connection is reset (TCP RST) without a byte of reply. */
  record Reset() implements Answer {}
}
