package io.tapline.bench.task;

import static io.tapline.bench.task.Figures.ROWS;
import static io.tapline.bench.task.Figures.SECONDS;

import io.tapline.bench.baseline.TreeModelProgram;
import io.tapline.bench.data.FileContent;
import io.tapline.bench.data.GeneratedText;
import io.tapline.bench.data.Shape;
import io.tapline.bench.data.TextForm;
import io.tapline.bench.rig.Inflation;
import io.tapline.bench.rig.PushRig;
import io.tapline.bench.rig.StagingRig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What can be measured in a JVM of its own. Each takes a few words. */
public enum Task {
  /** {@code FILE}: what {@link java.util.zip.GZIPInputStream} alone needs for it. */
  INFLATE {
    @Override
    Figures run(List<String> words) throws IOException {
      Stopwatch watch = new Stopwatch();
      Inflation.inflate(Files.newInputStream(Path.of(words.getFirst())));
      return new Figures(Map.of(SECONDS, watch.seconds()));
    }
  },
  /** {@code FILE SKIP}: stages a file of profiles; whether invalid rows are skipped. */
  STAGE {
    @Override
    Figures run(List<String> words) throws IOException {
      Path file = Path.of(words.getFirst());
      String name = file.getFileName().toString();
      try (FileContent content = new FileContent(file)) {
        StagingRig rig =
            new StagingRig(
                Shape.PROFILES,
                content,
                name.substring(name.indexOf('.')),
                Boolean.parseBoolean(words.get(1)));
        return timed(rig::stage);
      }
    }
  },
  /** {@code BYTES}: stages that much text, which is made up as it is read. */
  STAGE_MADE_UP {
    @Override
    Figures run(List<String> words) {
      GeneratedText text =
          GeneratedText.ofSize(Shape.PROFILES, TextForm.CSV, Long.parseLong(words.getFirst()));
      return timed(new StagingRig(Shape.PROFILES, text, TextForm.CSV.ending(), true)::stage);
    }
  },
  /** {@code WARM_UP ROWS…}: nanoseconds a row, by the number of rows, in one JVM. */
  GROW {
    @Override
    Figures run(List<String> words) {
      stage(Long.parseLong(words.getFirst()));
      long most = Long.parseLong(words.getLast());
      Map<String, Double> figures = new LinkedHashMap<>();
      for (String rows : words.subList(1, words.size())) {
        long count = Long.parseLong(rows);
        // Small ones so often that the clock and a collection do not count.
        long times = Math.max(1, Math.min(10, most / count));
        Stopwatch watch = new Stopwatch();
        for (long time = 0; time < times; time++) {
          stage(count);
        }
        figures.put(rows, watch.seconds() * 1e9 / (times * count));
      }
      return new Figures(figures);
    }

    private static void stage(long rows) {
      GeneratedText text = new GeneratedText(Shape.PROFILES, TextForm.CSV, rows);
      new StagingRig(Shape.PROFILES, text, TextForm.CSV.ending(), true).stage();
    }
  },
  /** {@code FILE}: a CSV file of profiles to batches, as a user would write it. */
  BASELINE {
    @Override
    Figures run(List<String> words) {
      return timed(() -> new TreeModelProgram().run(Path.of(words.getFirst())));
    }
  },
  /** {@code FILE}: the same, as Tapline does it on one thread. */
  BATCHES {
    @Override
    Figures run(List<String> words) {
      return timed(() -> new BatchProgram().run(Path.of(words.getFirst())));
    }
  },
  /** {@code FILE}: the same, as Tapline does it on two threads. */
  BATCHES_ON_TWO_THREADS {
    @Override
    Figures run(List<String> words) {
      return timed(() -> new BatchProgram().runOnTwoThreads(Path.of(words.getFirst())));
    }
  },
  /** {@code SHAPE CHUNKS}: pushes chunks, after as many that are not counted. */
  PUSH {
    @Override
    Figures run(List<String> words) {
      int chunks = Integer.parseInt(words.get(1));
      PushRig rig = PushRig.of(Shape.valueOf(words.getFirst()), Math.min(chunks, 20));
      double[] seconds = new double[chunks];
      for (int i = 0; i < 2 * chunks; i++) {
        Stopwatch watch = new Stopwatch();
        rig.pushNext();
        seconds[i % chunks] = watch.seconds();
      }
      double sum = Arrays.stream(seconds).sum();
      Arrays.sort(seconds);
      return new Figures(
          Map.of(SECONDS, sum, "mean", sum / chunks, "slowest", seconds[chunks - 1]));
    }
  },
  /** {@code BYTES}: makes a segment of a custom list of that size. */
  LIST {
    @Override
    Figures run(List<String> words) {
      return ListProgram.run(Long.parseLong(words.getFirst()));
    }
  },
  /** {@code CHUNKS FOLDER}: closes a run of so many chunks over the embedded S3. */
  FINISH {
    @Override
    Figures run(List<String> words) throws IOException {
      return FinishProgram.run(Integer.parseInt(words.getFirst()), Path.of(words.get(1)));
    }
  },
  /** Counts the requests to S3 that the steps of a job make. */
  REQUESTS {
    @Override
    Figures run(List<String> words) {
      return RequestsProgram.run();
    }
  };

  /** Does it in this JVM, whose memory is told with its figures. */
  public Figures measure(List<String> words) throws IOException {
    return run(words).withMemory();
  }

  abstract Figures run(List<String> words) throws IOException;

  private static Figures timed(Work work) {
    Stopwatch watch = new Stopwatch();
    long rows;
    try {
      rows = work.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return new Figures(Map.of(SECONDS, watch.seconds(), ROWS, (double) rows));
  }

  /** Something that works on rows and returns their number. */
  private interface Work {
    long run() throws IOException, InterruptedException;
  }
}
