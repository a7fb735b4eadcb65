package io.tapline.local;

/** Who wants to know of objects that are written to an embedded S3. Thread-safe. */
@FunctionalInterface
interface WrittenObjects {

  /**
   * Is told of an object that is there now; must return soon, since its writer waits.
   *
   * @param etag as S3 gives it, quotes included or not
   */
  void written(String bucket, String key, String etag);
}
