package io.tapline.local;

import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectUpload;
import io.tapline.sync.FormatSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file of this machine that is pushed as if it had been exported. */
final class ExportFile {

  /** The embedded S3 adds to it while it writes, and file systems end at 255. */
  private static final int MAX_NAME_BYTES = 200;

  private final Path file;
  private final @Nullable FirstRows first;

  /**
   * Takes a file as an export.
   *
   * @throws UsageException when there is none that can be read
   */
  ExportFile(Path file) {
    requireReadable(file);
    int length = file.getFileName().toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > MAX_NAME_BYTES) {
      throw new UsageException(
          "the name of the file has %d bytes; it may have %d, rename it: %s"
              .formatted(length, MAX_NAME_BYTES, file));
    }
    this.file = file;
    this.first = null;
  }

  private ExportFile(Path file, FirstRows first) {
    this.file = file;
    this.first = first;
  }

  /**
   * The same file, but no more than its header and its first rows: an export of its own.
   *
   * @param most how many rows; null: all
   * @throws UsageException when the file can't be read so far
   */
  ExportFile firstRows(@Nullable Long most, FormatSettings format) throws IOException {
    return most == null
        ? this
        : new ExportFile(
            file, FirstRows.of(file, format.resolve(file.getFileName().toString()), most));
  }

  /** What is pushed of the file; empty where it is all of it. */
  Optional<FirstRows> first() {
    return Optional.ofNullable(first);
  }

  /**
   * Requires that there is a file that can be read.
   *
   * @throws UsageException when there is none
   */
  static void requireReadable(Path file) {
    if (!Files.exists(file)) {
      throw new UsageException("there is no file " + file + "; correct its name or its folder");
    }
    if (Files.isDirectory(file)) {
      throw new UsageException(file + " is a folder; name the export that lies in it");
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new UsageException(
          file + " is not a file that can be read; see what it is, and who may read it");
    }
  }

  /**
   * Puts the file under a key that its content makes: the same file is the same export, however
   * often it is pushed.
   *
   * @return the key
   */
  String put(ObjectStore store, String bucket, String prefix) {
    String folder = first == null ? "" : "first-%d-rows/".formatted(first.rows());
    try {
      String key = prefix + sha256() + "/" + folder + file.getFileName();
      if (store.head(bucket, key, null).isEmpty()) {
        try (ObjectUpload upload = store.upload(bucket, key)) {
          if (first == null) {
            Files.copy(file, upload);
          } else {
            first.write(upload);
          }
          upload.complete();
        }
      }
      return key;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the text of first rows: what packs it may pack it otherwise another time. */
  private String sha256() throws IOException {
    try (DigestOutputStream digested =
        new DigestOutputStream(
            OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
      if (first == null) {
        Files.copy(file, digested);
      } else {
        first.writeText(digested);
      }
      return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
