package io.tapline.job;

/** What a function that is killed looks like from inside: nothing may catch it. */
final class Killed extends Error {

  private static final long serialVersionUID = 1L;
}
