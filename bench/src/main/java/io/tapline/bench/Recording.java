package io.tapline.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** What a recording of JFR says of where the time went: samples of the threads that worked. */
final class Recording {

  private static final int MOST_FRAMES = 12;
  private static final String OWN = "io.tapline.";

  private final Map<String, Integer> frames = new HashMap<>();
  private final Map<String, Integer> packages = new HashMap<>();
  private int samples;

  private Recording() {}

  /** Reads a recording. */
  static Recording read(Path file) throws IOException {
    Recording recording = new Recording();
    try (RecordingFile events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        RecordedEvent event = events.readEvent();
        String name = event.getEventType().getName();
        boolean isSample =
            name.equals("jdk.ExecutionSample") || name.equals("jdk.NativeMethodSample");
        if (isSample && event.getStackTrace() != null) {
          recording.add(event.getStackTrace().getFrames());
        }
      }
    }
    return recording;
  }

  private void add(List<RecordedFrame> stack) {
    if (stack.isEmpty() || isIdle(stack.getFirst().getMethod())) {
      return;
    }
    samples++;
    frames.merge(name(stack.getFirst().getMethod()), 1, Integer::sum);
    packages.merge(owner(stack), 1, Integer::sum);
  }

  /** A thread in a native method that waits for the network or for another thread. */
  private static boolean isIdle(RecordedMethod method) {
    String type = method.getType().getName();
    return type.startsWith("sun.nio.ch.")
        || type.startsWith("java.net.")
        || type.startsWith("jdk.internal.misc.")
        || type.startsWith("java.lang.Object")
        || type.startsWith("java.lang.ref.")
        || type.startsWith("java.lang.ProcessHandle")
        || method.getName().startsWith("park");
  }

  private static String name(RecordedMethod method) {
    String type = method.getType().getName();
    return type.substring(type.lastIndexOf('.') + 1) + "." + method.getName();
  }

  /**
   * The package of Tapline's that the sample is due to, or else that of the library whose thread it
   * is.
   */
  private static String owner(List<RecordedFrame> stack) {
    Optional<String> own =
        stack.stream()
            .map(frame -> frame.getMethod().getType().getName())
            .filter(type -> type.startsWith(OWN))
            .findFirst();
    String type = own.orElseGet(() -> library(stack));
    return type.contains(".") ? type.substring(0, type.lastIndexOf('.')) : type;
  }

  /** The lowest class of a stack that is not the JDK's. */
  private static String library(List<RecordedFrame> stack) {
    return stack.reversed().stream()
        .map(frame -> frame.getMethod().getType().getName())
        .filter(type -> !type.startsWith("java.") && !type.startsWith("jdk."))
        .findFirst()
        .orElse("other");
  }

  /** Two tables: the packages that the time is due to, and the methods in which it was spent. */
  String toMarkdown() {
    return table("package", packages) + "\n" + table("method", frames);
  }

  private String table(String head, Map<String, Integer> counts) {
    StringBuilder text = new StringBuilder("| " + head + " | share |\n|---|---|\n");
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(MOST_FRAMES)
        .forEach(
            entry ->
                text.append(
                    "| `%s` | %d %% |%n"
                        .formatted(
                            entry.getKey(), Math.round(100.0 * entry.getValue() / samples))));
    return text.toString();
  }
}
