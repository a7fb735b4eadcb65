package io.tapline.local.standin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The places that pre-signed URLs lead to, and the files that were put there, in a folder that goes
 * when this is closed. Safe for several threads.
 */
final class SegmentFiles implements AutoCloseable {

  private static final Duration VALIDITY = Duration.ofHours(24);

  /** A place for one file; null until it comes. */
  private record Place(Instant expiresAt, @Nullable Path file) {}

  /**
   * What a URL says.
   *
   * @param target its path and query
   */
  record Grant(String target, Instant expiresAt) {}

  private final InstantSource clock;
  private final Map<String, Place> places = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Path> made = new ArrayList<>();
  private @Nullable Path folder;

  SegmentFiles(InstantSource clock) {
    this.clock = clock;
  }

  /** Makes a place for a file. */
  Grant grant() {
    Instant expiresAt = clock.instant().plus(VALIDITY);
    // Escaped as S3 does it: a client that escapes once more, or less, is found out.
    String target =
        "%s/%s.csv?X-Amz-Credential=STANDIN%%2Fs3%%2Faws4_request&X-Amz-Expires=%d&X-Amz-Signature=%s"
            .formatted(
                Api.SEGMENT_PUT.path(),
                UUID.randomUUID(),
                VALIDITY.toSeconds(),
                UUID.randomUUID().toString().replace("-", ""));
    places.put(target, new Place(expiresAt, null));
    return new Grant(target, expiresAt);
  }

  /** Whether a file may come now. */
  boolean takes(String target) {
    Place place = places.get(target);
    return place != null && clock.instant().isBefore(place.expiresAt());
  }

  /** Keeps a file in the place of one that came before; a file that breaks off is not kept. */
  void put(String target, InputStream body) throws IOException {
    Path file = newFile();
    try (OutputStream out = Files.newOutputStream(file)) {
      body.transferTo(out);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    places.computeIfPresent(target, (same, place) -> new Place(place.expiresAt(), file));
  }

  /** Whether a place was made under this name, whatever became of it. */
  boolean knows(String target) {
    return places.containsKey(target);
  }

  /** The file that came last. */
  Optional<Path> file(String target) {
    Place place = places.get(target);
    return place == null ? Optional.empty() : Optional.ofNullable(place.file());
  }

  private Path newFile() throws IOException {
    lock.lock();
    try {
      if (folder == null) {
        folder = Files.createTempDirectory("tapline-stand-in-"); // for its owner's eyes only
      }
      Path file = folder.resolve((made.size() + 1) + ".csv");
      made.add(file);
      return file;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      for (Path file : made) {
        Files.deleteIfExists(file);
      }
      if (folder != null) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }
}
