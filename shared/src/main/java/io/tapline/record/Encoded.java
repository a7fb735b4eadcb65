package io.tapline.record;

/** What came of encoding a row: the user that the record is about, or a fault. */
sealed interface Encoded permits Encoded.User, Fault {

  /**
   * The user that the record is about.
   *
   * @param id the identity, or the objectId where that is how the user is addressed
   */
  record User(String id) implements Encoded {}
}
