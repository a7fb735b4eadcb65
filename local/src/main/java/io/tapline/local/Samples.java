package io.tapline.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The samples that come with Tapline. */
record Samples(Path folder) {

  /** What a push of each ends as; no sync. */
  private static final String EXPECTED = "expected.json";

  /** Those beside the launcher; it says where it is. */
  static Samples ofLauncher() {
    return new Samples(Path.of(System.getProperty("tapline.home", "."), "samples"));
  }

  /**
   * The sync of each, by name.
   *
   * @throws UsageException when there are none
   */
  List<SyncFile> syncs() {
    List<SyncFile> syncs = SyncFile.in(folder, file -> !file.endsWith(EXPECTED));
    if (syncs.isEmpty()) {
      throw new UsageException(
          "there are no samples in %s; name a sync with --sync".formatted(folder));
    }
    return syncs;
  }

  /** A file of theirs. */
  byte[] read(String file) throws IOException {
    return Files.readAllBytes(folder.resolve(file));
  }
}
