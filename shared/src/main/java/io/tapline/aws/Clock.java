package io.tapline.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The one source of time and of sleep, so that a test can play hours in milliseconds. */
public interface Clock extends InstantSource {

  /** Sleeps for {@code duration}; an interrupt ends the sleep early and stays set on the thread. */
  void sleep(Duration duration);

  /** Real time. */
  static Clock system() {
    return new Clock() {
      @Override
      public Instant instant() {
        return Instant.now();
      }

      @Override
      public void sleep(Duration duration) {
        try {
          Thread.sleep(duration);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }
}
