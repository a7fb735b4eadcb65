package io.tapline.local.packed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A function's code as Lambda lays it out: the entries of the deployed jar are files of the task
 * folder, which is on the class path. A jar of its {@code lib} folder would do as well, but takes
 * longer to load classes from. Any number of functions can run from one. Public for the benchmarks.
 *
 * @param code what is in it
 * @param path the folder
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-package.html">How code is
 *     packed</a>
 */
public record TaskFolder(PackedCode code, Path path) {

  /**
   * Unpacks the jar of a function, and adds what writes its calls down if it is to.
   *
   * @param folder is made; it must not be there
   */
  public static TaskFolder unpack(PackedCode code, Path folder) throws IOException {
    try (FileSystem jar = FileSystems.newFileSystem(code.jar())) {
      Path root = jar.getPath("/");
      try (Stream<Path> entries = Files.walk(root)) {
        for (Iterator<Path> left = entries.iterator(); left.hasNext(); ) {
          Path entry = left.next();
          // A folder is copied without what is in it.
          Files.copy(entry, folder.resolve(root.relativize(entry).toString()));
        }
      }
    }
    if (code.isRecorded()) {
      addRecorder(folder);
    }
    return new TaskFolder(code, folder);
  }

  private static void addRecorder(Path folder) throws IOException {
    String type = CallRecorder.class.getName();
    Path file = folder.resolve(type.replace('.', '/') + ".class");
    Files.createDirectories(file.getParent());
    try (InputStream bytes = CallRecorder.class.getResourceAsStream("CallRecorder.class")) {
      Files.copy(Objects.requireNonNull(bytes), file);
    }
    Path interceptors = folder.resolve("software/amazon/awssdk/global/handlers");
    Files.createDirectories(interceptors);
    Files.writeString(interceptors.resolve("execution.interceptors"), type);
  }
}
