package io.tapline.record;

/** What came of encoding a row: who the record is about, or a fault. */
sealed interface Encoded permits Encoded.User, Fault {

  /**
   * Who the record is about.
   *
   * @param id the identity, or the objectId where that is how the user is addressed, or the phone
   *     number or e-mail address
   */
  record User(String id) implements Encoded {}
}
