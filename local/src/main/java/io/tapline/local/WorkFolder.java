package io.tapline.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder of an embedded S3, held by one process at a time: a second one would take the first
 * one's open jobs for broken off, and send their rows once more. Its objects hold personal data, so
 * a folder that is made here is for its owner only.
 */
final class WorkFolder implements AutoCloseable {

  private static final String LOCK = ".lock";

  private final Path path;
  private final FileChannel channel;

  private WorkFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes the folder if there is none, and holds it.
   *
   * @throws UsageException when another process holds it, or it can't be used
   */
  static WorkFolder lock(Path path) {
    try {
      make(path);
      FileChannel channel =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new UsageException(
            "another command uses the folder %s; wait for its end, or give this one a folder of its"
                    .formatted(path)
                + " own with --work");
      }
      return new WorkFolder(path, channel);
    } catch (IOException e) {
      throw new UsageException(
          "--work is "
              + path
              + ", which is no folder that can be made or written to; choose another");
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException("the lock of " + path + " could not be released", e);
    }
  }

  private static void make(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return;
    }
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectory(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectory(path);
    }
  }

  /** Null when another process, or another part of this one, holds it. */
  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }
}
