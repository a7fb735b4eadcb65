package io.tapline.local.standin;

import java.io.IOException;

/**
 * An HTTP request whose body is still to be read.
 *
 * @param body what is left of it; whoever answers need not read it to its end
 */
record Incoming(RequestHead head, RequestBody body) {

  private static final int MAX_WHOLE_BYTES = 64 * 1024 * 1024;

  /**
   * Reads the body.
   *
   * @throws BadRequestException when it is over 64 MiB or not in the form that the head says
   */
  Request whole() throws IOException {
    if (body.length() <= MAX_WHOLE_BYTES) {
      byte[] bytes = body.readNBytes(MAX_WHOLE_BYTES + 1);
      if (bytes.length <= MAX_WHOLE_BYTES) {
        return new Request(head, bytes);
      }
    }
    throw new BadRequestException(413, "Request too large");
  }
}
