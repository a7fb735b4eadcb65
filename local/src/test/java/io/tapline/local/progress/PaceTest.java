package io.tapline.local.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.clevertap.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  private final VirtualClock clock = new VirtualClock();

  @Test
  void foretellsNothingInItsFirstSecond() {
    Pace pace = new Pace(clock, 0);

    after(pace, Duration.ofMillis(999), 5000);

    assertThat(pace.perSecond()).isZero();
    assertThat(pace.left(10_000)).isEmpty();
  }

  @Test
  void countsFromWhereItBegan() {
    Pace pace = new Pace(clock, 4000);

    after(pace, Duration.ofSeconds(2), 5000);

    assertThat(pace.perSecond()).isEqualTo(500);
    assertThat(pace.left(10_000)).contains(Duration.ofSeconds(10));
    assertThat(pace.left(5000)).contains(Duration.ZERO);
  }

  @Test
  void followsWhatHappensNow() {
    Pace pace = new Pace(clock, 0);
    for (int second = 1; second <= 100; second++) {
      after(pace, Duration.ofSeconds(1), second * 1000L);
    }
    assertThat(pace.perSecond()).isEqualTo(1000);

    for (int second = 1; second <= 20; second++) {
      after(pace, Duration.ofSeconds(1), 100_000 + second * 100L);
    }

    assertThat(pace.perSecond()).isEqualTo(100);
  }

  @Test
  void foretellsNothingWhileItStands() {
    Pace pace = new Pace(clock, 0);
    after(pace, Duration.ofSeconds(2), 1000);

    for (int second = 1; second <= 30; second++) {
      after(pace, Duration.ofSeconds(1), 1000);
    }

    assertThat(pace.perSecond()).isZero();
    assertThat(pace.left(2000)).isEmpty();
  }

  private void after(Pace pace, Duration time, long count) {
    clock.pass(time);
    pace.at(count);
  }
}
