package io.tapline.local.chaos;

/**
 * A handler that is dead. An error, since no handler may catch it and go on; one that did would
 * meet it again at its next step.
 */
final class Killed extends Error {

  private static final long serialVersionUID = 1L;

  Killed(String message) {
    super(message);
  }
}
