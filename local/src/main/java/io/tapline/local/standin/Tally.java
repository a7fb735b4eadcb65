package io.tapline.local.standin;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Counts what the stand-in was asked and what it did. Safe for several threads. */
final class Tally {

  private final ReentrantLock lock = new ReentrantLock();

  /** A lock of its own, so that a slow recorder does not hide the counts. */
  private final ReentrantLock recording = new ReentrantLock();

  private final @Nullable Recorder recorder;
  private final Map<Integer, Long> calls = new TreeMap<>();
  private final Map<String, Long> callsByPath = new TreeMap<>();
  private final Map<RecordKind, Long> accepted = new EnumMap<>(RecordKind.class);
  private final Map<Integer, Long> refused = new TreeMap<>();
  private long resets;
  private long silences;
  private long digest;

  /**
   * @param recorder who is told of each accepted record; null: nobody
   */
  Tally(@Nullable Recorder recorder) {
    this.recorder = recorder;
  }

  /** Whether accepted records must be kept until {@link #store}. */
  boolean isRecorded() {
    return recorder != null;
  }

  /**
   * Counts a call that was answered.
   *
   * @param path where it went, without what is secret
   */
  void count(String path, Answer answer) {
    lock.lock();
    try {
      callsByPath.merge(path, 1L, Long::sum);
      switch (answer) {
        case Reply reply -> calls.merge(reply.status(), 1L, Long::sum);
        case Answer.Reset reset -> resets++;
        case Answer.Silence silence -> silences++;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes over what a call has brought. */
  void store(Batch batch) {
    add(batch);
    if (recorder != null) {
      recording.lock();
      try {
        batch.kept().forEach(kept -> recorder.accepted(kept.kind(), kept.record()));
      } finally {
        recording.unlock();
      }
    }
  }

  private void add(Batch batch) {
    lock.lock();
    try {
      batch.accepted().forEach((kind, count) -> accepted.merge(kind, count, Long::sum));
      batch.refusedCodes().forEach(code -> refused.merge(code, 1L, Long::sum));
      digest += batch.digest();
    } finally {
      lock.unlock();
    }
  }

  StandInStats stats(Map<String, Integer> maxConcurrency) {
    lock.lock();
    try {
      return new StandInStats(
          calls, resets, silences, callsByPath, maxConcurrency, accepted, refused, digest);
    } finally {
      lock.unlock();
    }
  }
}
