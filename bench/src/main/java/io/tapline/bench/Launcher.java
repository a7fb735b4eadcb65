package io.tapline.bench;

import io.tapline.bench.task.Figures;
import io.tapline.bench.task.Task;
import java.io.IOException;
import java.util.List;

/** Does tasks. */
interface Launcher {

  /**
   * Does a task.
   *
   * @param options of its JVM, where it has one of its own
   */
  Figures run(List<String> options, Task task, List<String> words)
      throws IOException, InterruptedException;
}
