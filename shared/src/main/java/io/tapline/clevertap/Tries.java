package io.tapline.clevertap;

/** Told of each try of a call, so that it can be noted. */
public interface Tries {

  /** A try is about to be made. When this throws, it is not. */
  void sending();

  /**
   * A try decided nothing about its records, and may be made again.
   *
   * @param unknown whether these are events, and nobody knows whether CleverTap took them
   */
  void undecided(boolean unknown);
}
