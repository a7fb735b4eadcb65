package io.tapline.local;

import io.tapline.sync.Sync;
import io.tapline.sync.SyncLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The settings of a sync in a file of this machine; the file's name is the sync's. */
final class SyncFile {

  private final Sync sync;
  private final byte[] json;

  private SyncFile(Sync sync, byte[] json) {
    this.sync = sync;
    this.json = json;
  }

  /**
   * Reads and checks one.
   *
   * @throws UsageException when there is none that can be read
   * @throws io.tapline.sync.SettingsException when it breaks a rule
   */
  static SyncFile read(Path file) {
    byte[] json = bytes(file);
    String name = file.getFileName().toString().replaceFirst("\\.json$", "");
    return new SyncFile(SyncLoader.load(name, json, file.toString()), json);
  }

  /**
   * Reads and checks the JSON files in a folder, by name; none where there is no folder.
   *
   * @param which leaves out those that are no sync
   * @throws UsageException when one can't be read
   * @throws io.tapline.sync.SettingsException when one breaks a rule
   */
  static List<SyncFile> in(Path folder, Predicate<Path> which) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(which)
          .sorted()
          .map(SyncFile::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The content of one, unchecked.
   *
   * @throws UsageException when there is none that can be read
   */
  static byte[] bytes(Path file) {
    if (!Files.exists(file)) {
      throw new UsageException(
          "there is no sync file " + file + "; correct its name or its folder");
    }
    if (Files.isDirectory(file)) {
      throw new UsageException(file + " is a folder; name the sync file that lies in it");
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UsageException(
          "the sync file " + file + " can't be read; see what it is, and who may read it");
    }
  }

  Sync sync() {
    return sync;
  }

  /** As it was read. */
  byte[] json() {
    return json;
  }
}
