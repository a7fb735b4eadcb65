package io.tapline.local;

import io.tapline.aws.ObjectEntry;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectUpload;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The objects of an embedded S3, read from its files: without starting it, and while another
 * process has it. Objects may come and go meanwhile. It writes nothing, and has no ETags, so it
 * can't pin a version. Thread-safe.
 */
final class FolderObjects implements ObjectStore {

  private final Path folder;

  /**
   * What lies in a folder.
   *
   * @param folder with one folder for each bucket; where it is not there, no object is
   */
  FolderObjects(Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<ObjectVersion> head(String bucket, String key, @Nullable String versionId) {
    try {
      BasicFileAttributes file = Files.readAttributes(file(bucket, key), BasicFileAttributes.class);
      return file.isRegularFile()
          ? Optional.of(
              new ObjectVersion(
                  bucket, key, null, "", file.size(), file.lastModifiedTime().toInstant()))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<byte[]> get(String bucket, String key) {
    Path file = file(bucket, key);
    try {
      return Files.isDirectory(file) ? Optional.empty() : Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Page<String> list(String bucket, String prefix, @Nullable String after) {
    return entries(bucket, prefix, after).map(ObjectEntry::key);
  }

  @Override
  public Page<ObjectEntry> entries(String bucket, String prefix, @Nullable String after) {
    return new Page<>(
        files(bucket, prefix, after).entrySet().stream()
            .map(file -> new ObjectEntry(file.getKey(), file.getValue().toInstant()))
            .toList(),
        null);
  }

  @Override
  public Page<String> listFolders(String bucket, String prefix, @Nullable String after) {
    NavigableSet<String> folders = new TreeSet<>();
    try (DirectoryStream<Path> below =
        Files.newDirectoryStream(file(bucket, prefix), Files::isDirectory)) {
      below.forEach(child -> folders.add(prefix + child.getFileName() + "/"));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return new Page<>(List.of(), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Page<>(List.copyOf(after == null ? folders : folders.tailSet(after, false)), null);
  }

  private NavigableMap<String, FileTime> files(
      String bucket, String prefix, @Nullable String after) {
    NavigableMap<String, FileTime> files = new TreeMap<>();
    Path bucketFolder = folder.resolve(bucket);
    Path below = bucketFolder.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    try {
      Files.walkFileTree(
          below,
          new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String key = bucketFolder.relativize(file).toString().replace('\\', '/');
              if (key.startsWith(prefix)
                  && (after == null || key.compareTo(after) > 0)
                  && !FolderSafeStore.isUnfinished(key)) {
                files.put(key, attributes.lastModifiedTime());
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE; // deleted meanwhile
              }
              throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
                throws IOException {
              return e instanceof NoSuchFileException
                  ? FileVisitResult.CONTINUE
                  : super.postVisitDirectory(visited, e);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private Path file(String bucket, String key) {
    return folder.resolve(bucket).resolve(key);
  }

  @Override
  public byte[] read(ObjectVersion version, long from, int length) {
    throw readOnly();
  }

  @Override
  public void put(String bucket, String key, byte[] content) {
    throw readOnly();
  }

  @Override
  public boolean putIfAbsent(String bucket, String key, byte[] content) {
    throw readOnly();
  }

  @Override
  public ObjectUpload upload(String bucket, String key) {
    throw readOnly();
  }

  @Override
  public void delete(String bucket, String key) {
    throw readOnly();
  }

  private static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException("whole objects are read here, and nothing is written");
  }
}
