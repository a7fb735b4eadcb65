package io.tapline.aws;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The few things that Tapline asks of S3. Strongly consistent, like S3 itself. Safe for use by
 * several threads. Anything that S3 does not answer in the end is an unchecked exception of the
 * SDK.
 */
public interface ObjectStore {

  /**
   * Looks at an object without reading it.
   *
   * @param versionId null: the newest version
   * @return empty when there is no such object or version
   */
  Optional<ObjectVersion> head(String bucket, String key, @Nullable String versionId);

  /**
   * Reads {@code length} bytes from {@code from} on, of this very version; fewer at the end of the
   * object.
   *
   * @throws ObjectChangedException when that version is gone, deleted or overwritten
   */
  byte[] read(ObjectVersion version, long from, int length);

  /** Reads a whole small object; empty when there is none. */
  Optional<byte[]> get(String bucket, String key);

  /** Writes an object, over one that is there. */
  void put(String bucket, String key, byte[] content);

  /**
   * Writes an object unless one is there, in one atomic step.
   *
   * @return false when one is there. It may be this caller's own: a request whose answer was lost
   *     is sent again.
   */
  boolean putIfAbsent(String bucket, String key, byte[] content);

  /** Starts to write an object whose size is not known yet, over one that is there. */
  ObjectUpload upload(String bucket, String key);

  /** Deletes an object; nothing happens when there is none. */
  void delete(String bucket, String key);

  /**
   * Lists keys in UTF-8 order, at most 1000 at a time.
   *
   * @param after only keys behind this one, such as {@link Page#next}; null: from the first
   */
  Page<String> list(String bucket, String prefix, @Nullable String after);

  /** Lists objects as {@link #list} lists their keys, with what a listing says of each. */
  Page<ObjectEntry> entries(String bucket, String prefix, @Nullable String after);

  /**
   * Lists the next level of "folders" below a prefix that ends in a slash: their whole prefixes, at
   * most 1000 at a time.
   *
   * @param after only those behind this key, such as {@link Page#next}; null: from the first
   */
  Page<String> listFolders(String bucket, String prefix, @Nullable String after);
}
