package io.tapline.local.standin;

/** What the server does about a request. */
sealed interface Answer permits Reply, Answer.Reset, Answer.Silence {

  /** The connection is reset (TCP RST) without a byte of reply. */
  record Reset() implements Answer {}

  /** Nothing is sent, and the connection stays open until the client closes it. */
  record Silence() implements Answer {}
}
