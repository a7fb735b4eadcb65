package io.tapline.aws;

/** An object is no longer the version that was to be read: it was overwritten or deleted. */
public final class ObjectChangedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** That {@code version} is no longer there, as {@code cause} told. */
  public ObjectChangedException(ObjectVersion version, Throwable cause) {
    super(
        "s3://%s/%s was overwritten or deleted while it was read (etag %s, version %s)"
            .formatted(version.bucket(), version.key(), version.etag(), version.versionId()),
        cause);
  }
}
