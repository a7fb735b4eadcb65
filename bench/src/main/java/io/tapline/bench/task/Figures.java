package io.tapline.bench.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a task has measured, by names. Immutable. */
public record Figures(Map<String, Double> values) {

  /** Wall time of the task itself, in seconds: neither the JVM's start nor what it prepares. */
  public static final String SECONDS = "seconds";

  /** How many rows it worked on. */
  public static final String ROWS = "rows";

  /** The most memory that the process had, in MB, as Linux counts it; absent elsewhere. */
  public static final String PEAK_MB = "peakMb";

  /** The most heap that was in use, in MB, garbage included. */
  public static final String PEAK_HEAP_MB = "peakHeapMb";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final double MB = 1 << 20;

  /** Copies the values. */
  public Figures {
    values = Map.copyOf(values);
  }

  /**
   * A figure.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public double get(String name) {
    Double value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no figure " + name + " among " + values.keySet());
    }
    return value;
  }

  /** These figures, and how much memory this process has needed so far. */
  Figures withMemory() {
    Map<String, Double> all = new LinkedHashMap<>(values);
    long heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    all.put(PEAK_HEAP_MB, heap / MB);
    if (Files.exists(STATUS)) {
      all.put(PEAK_MB, highWaterMark() / MB);
    }
    return new Figures(all);
  }

  private static double highWaterMark() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a line of JSON. */
  String toJson() {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads {@link #toJson()} back. */
  static Figures parse(String json) {
    try {
      return new Figures(JSON.readValue(json, new TypeReference<Map<String, Double>>() {}));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
