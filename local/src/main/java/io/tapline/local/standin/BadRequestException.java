package io.tapline.local.standin;

import java.io.IOException;

/** Bytes that are no HTTP request, or too many of them: the connection can't be read on. */
final class BadRequestException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int status;

  BadRequestException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
