package io.tapline.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** What a recording of JFR says of where the time went: samples of the threads that worked. */
final class Recording {

  private static final String OWN = "io.tapline.";

  /** By the CPU time of each thread, in native methods, too: from JDK 25 on, on Linux. */
  private static final String BY_CPU_TIME = "jdk.CPUTimeSample";

  /** Of threads that run Java. */
  private static final String IN_JAVA = "jdk.ExecutionSample";

  /** Of threads in native methods, such as those that inflate and deflate, or that wait there. */
  private static final String IN_NATIVE = "jdk.NativeMethodSample";

  private static final int MOST_PACKAGES = 10;
  private static final int MOST_OF_A_PACKAGE = 4;

  /** What has less is left out. */
  private static final double LEAST_SHARE = 0.01;

  private final List<Sample> samples = new ArrayList<>();

  private Recording() {}

  /**
   * The options of a JVM that is recorded to a file. All samples have the same interval: else time
   * in native methods would count less.
   */
  static List<String> options(Path file) {
    boolean byCpuTime =
        Runtime.version().feature() >= 25 && System.getProperty("os.name").equals("Linux");
    String samples =
        byCpuTime
            ? BY_CPU_TIME
                + "#enabled=true,"
                + IN_JAVA
                + "#enabled=false,"
                + IN_NATIVE
                + "#enabled=false"
            : IN_JAVA + "#period=10ms," + IN_NATIVE + "#period=10ms";
    return List.of(
        "-XX:StartFlightRecording=settings=profile,filename=" + file + "," + samples,
        // Through the SDK's interceptors a stack is deeper than the 64 frames that are usual.
        "-XX:FlightRecorderOptions=stackdepth=256",
        "-Xlog:jfr*=off");
  }

  /** Reads a recording. */
  static Recording read(Path file) throws IOException {
    Recording recording = new Recording();
    try (RecordingFile events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        recording.add(events.readEvent());
      }
    }
    return recording;
  }

  private void add(RecordedEvent event) {
    String name = event.getEventType().getName();
    boolean isSample = Stream.of(BY_CPU_TIME, IN_JAVA, IN_NATIVE).anyMatch(name::equals);
    if (!isSample || event.getStackTrace() == null) {
      return;
    }
    List<RecordedFrame> stack = event.getStackTrace().getFrames();
    if (stack.isEmpty()) {
      return;
    }
    RecordedMethod method = stack.getFirst().getMethod();
    if (name.equals(IN_NATIVE) && isIdle(method)) {
      return;
    }
    String owner = owner(stack);
    samples.add(new Sample(packageOf(owner), simpleName(owner), name(method)));
  }

  /**
   * Where a thread was.
   *
   * @param owner the package that the sample is due to
   * @param type the class of it
   * @param method the innermost one, whosever it is
   */
  private record Sample(String owner, String type, String method) {}

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
    return simpleName(method.getType().getName()) + "." + method.getName();
  }

  private static String simpleName(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  private static String packageOf(String type) {
    return type.contains(".") ? type.substring(0, type.lastIndexOf('.')) : type;
  }

  /** Tapline's innermost class, or else that of the library whose thread it is. */
  private static String owner(List<RecordedFrame> stack) {
    return stack.stream()
        .map(frame -> frame.getMethod().getType().getName())
        .filter(type -> type.startsWith(OWN))
        .findFirst()
        .orElseGet(() -> library(stack));
  }

  /** The lowest class of a stack that is not the JDK's. */
  private static String library(List<RecordedFrame> stack) {
    return stack.reversed().stream()
        .map(frame -> frame.getMethod().getType().getName())
        .filter(type -> !type.startsWith("java.") && !type.startsWith("jdk."))
        .findFirst()
        .orElse("other");
  }

  /** A table of the packages that the time is due to, with the classes and methods of each. */
  String toMarkdown() {
    StringBuilder table =
        new StringBuilder("| package | share | its classes | in methods |\n|---|---|---|---|\n");
    shares(samples, Sample::owner)
        .limit(MOST_PACKAGES)
        .forEach(
            owner -> {
              List<Sample> its =
                  samples.stream().filter(sample -> sample.owner.equals(owner.what)).toList();
              table
                  .append("| %s | %s | ".formatted(owner.code(), owner.percent()))
                  .append(list(shares(its, Sample::type)))
                  .append(" | ")
                  .append(list(shares(its, Sample::method)))
                  .append(" |\n");
            });
    return table.toString();
  }

  private static String list(Stream<Share> shares) {
    return shares
        .limit(MOST_OF_A_PACKAGE)
        .map(share -> share.code() + " " + share.percent())
        .collect(Collectors.joining(", "));
  }

  /** The shares, of all samples, that some of them have, the largest first. */
  private Stream<Share> shares(List<Sample> some, Function<Sample, String> by) {
    return some.stream()
        .collect(Collectors.groupingBy(by, Collectors.counting()))
        .entrySet()
        .stream()
        .map(entry -> new Share(entry.getKey(), (double) entry.getValue() / samples.size()))
        .filter(share -> share.share >= LEAST_SHARE)
        .sorted(Comparator.comparingDouble(Share::share).reversed());
  }

  private record Share(String what, double share) {

    String code() {
      return "`" + what + "`";
    }

    String percent() {
      return Math.round(100 * share) + " %";
    }
  }
}
