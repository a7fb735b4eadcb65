package io.tapline.local.init;

/**
 * A file of which no sync can be made without a word from a person. The message says what was seen
 * and what to say; of values it shows the masked form only.
 */
public final class UndecidedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UndecidedException(String message) {
    super(message);
  }
}
