package io.tapline.local;

import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectUpload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file of this machine that is pushed as if it had been exported. */
final class ExportFile {

  /** The embedded S3 adds to it while it writes, and file systems end at 255. */
  private static final int MAX_NAME_BYTES = 200;

  private final Path file;

  /**
   * Takes a file as an export.
   *
   * @throws UsageException when there is none that can be read
   */
  ExportFile(Path file) {
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
    int length = file.getFileName().toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > MAX_NAME_BYTES) {
      throw new UsageException(
          "the name of the file has %d bytes; it may have %d, rename it: %s"
              .formatted(length, MAX_NAME_BYTES, file));
    }
    this.file = file;
  }

  /**
   * Puts the file under a key that its content makes: the same file is the same export, however
   * often it is pushed.
   *
   * @return the key
   */
  String put(ObjectStore store, String bucket, String prefix) {
    String key = prefix + sha256() + "/" + file.getFileName();
    if (store.head(bucket, key, null).isEmpty()) {
      try (InputStream content = Files.newInputStream(file);
          ObjectUpload upload = store.upload(bucket, key)) {
        content.transferTo(upload);
        upload.complete();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return key;
  }

  private String sha256() {
    try (DigestInputStream digested =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      digested.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
