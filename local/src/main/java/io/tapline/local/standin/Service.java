package io.tapline.local.standin;

import java.io.IOException;

/** What answers the requests to a {@link LoopbackServer}; called by several threads at once. */
@FunctionalInterface
interface Service {

  /**
   * Answers a request.
   *
   * @throws BadRequestException when its body can't be read; the client is told, and the connection
   *     closed
   * @throws IOException when the client has gone; the connection is closed
   */
  Answer answer(Incoming incoming) throws IOException;
}
