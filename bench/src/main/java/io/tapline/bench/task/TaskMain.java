package io.tapline.bench.task;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The main class of a JVM that does one task and prints its figures. */
public final class TaskMain {

  /** Stands before the figures, since others may print, too. */
  static final String FIGURES = "figures ";

  private TaskMain() {}

  /** Does the task that the first word names, with the words behind it. */
  public static void main(String[] args) throws IOException {
    List<String> words = Arrays.asList(args);
    Figures figures = Task.valueOf(words.getFirst()).measure(words.subList(1, words.size()));
    System.out.println(FIGURES + figures.toJson());
    System.exit(0); // whatever threads a task has left
  }
}
