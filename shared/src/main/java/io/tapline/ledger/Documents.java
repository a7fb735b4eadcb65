package io.tapline.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapline.aws.ObjectEntry;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectUpload;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.Page;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** JSON objects of the work bucket, most of them written once and never changed. Thread-safe. */
final class Documents {

  private static final String WRITER = "writer";

  private final ObjectStore store;
  private final String bucket;

  Documents(ObjectStore store, String bucket) {
    this.store = store;
    this.bucket = bucket;
  }

  /**
   * Writes a document unless one is there. Each carries the random id of its writer: one that turns
   * out to be there may be this call's own, written by a request whose answer was lost and that was
   * sent again.
   *
   * @return whether the document that is there is this call's
   */
  boolean putOnce(String key, Object value) {
    ObjectNode document = Json.toTree(value);
    String writer = UUID.randomUUID().toString();
    document.put(WRITER, writer);
    if (store.putIfAbsent(bucket, key, Json.write(document))) {
      return true;
    }
    return store
        .get(bucket, key)
        .map(stored -> Json.readTree(stored).path(WRITER).asText().equals(writer))
        .orElse(false);
  }

  void put(String key, byte[] content) {
    store.put(bucket, key, content);
  }

  ObjectUpload upload(String key) {
    return store.upload(bucket, key);
  }

  void delete(String key) {
    store.delete(bucket, key);
  }

  boolean exists(String key) {
    return store.head(bucket, key, null).isPresent();
  }

  Optional<byte[]> bytes(String key) {
    return store.get(bucket, key);
  }

  /**
   * Reads a document; empty when there is none.
   *
   * @throws IllegalStateException when it is no such document; its message quotes nothing of it
   */
  <T> Optional<T> get(String key, Class<T> type) {
    return bytes(key).map(json -> read(key, json, type));
  }

  private static <T> T read(String key, byte[] json, Class<T> type) {
    try {
      return Json.read(json, type);
    } catch (UncheckedIOException e) {
      // Left out as the cause: its message may quote a value of a row.
      throw new IllegalStateException(key + " in the work bucket is not what Tapline writes there");
    }
  }

  /** When a document was last written; empty when there is none. */
  Optional<Instant> lastModified(String key) {
    return store.head(bucket, key, null).map(ObjectVersion::lastModified);
  }

  /** When the youngest document below a prefix was written; empty when there is none. */
  Optional<Instant> youngest(String prefix) {
    Instant youngest = null;
    String after = null;
    do {
      Page<ObjectEntry> page = store.entries(bucket, prefix, after);
      for (ObjectEntry entry : page.items()) {
        if (youngest == null || entry.lastModified().isAfter(youngest)) {
          youngest = entry.lastModified();
        }
      }
      after = page.next();
    } while (after != null);
    return Optional.ofNullable(youngest);
  }

  /** All keys below a prefix, without the prefix. */
  List<String> names(String prefix) {
    return names(prefix, null);
  }

  /** The keys below a prefix that sort behind {@code from}, without the prefix. */
  List<String> names(String prefix, @Nullable String from) {
    List<String> names = new ArrayList<>();
    String after = from;
    do {
      Page<String> page = store.list(bucket, prefix, after);
      for (String key : page.items()) {
        names.add(key.substring(prefix.length()));
      }
      after = page.next();
    } while (after != null);
    return names;
  }

  /** The folders just below a prefix, behind {@code from} (a key), without prefix and slash. */
  List<String> folders(String prefix, @Nullable String from) {
    List<String> names = new ArrayList<>();
    String after = from;
    do {
      Page<String> page = store.listFolders(bucket, prefix, after);
      for (String folder : page.items()) {
        names.add(folder.substring(prefix.length(), folder.length() - 1));
      }
      after = page.next();
    } while (after != null);
    return names;
  }
}
