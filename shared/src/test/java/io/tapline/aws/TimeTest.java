package io.tapline.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeTest {

  @ParameterizedTest
  @CsvSource({
    "0,  60, true,  a step as long as all that is left",
    "0,  61, false, a step longer than all that is left",
    "50, 10, true,  a step as long as what is still left",
    "50, 11, false, a step longer than what is still left",
    "61, 0,  false, any step when it is over",
  })
  void aBudgetAllowsWhatEndsInTime(int passed, int step, boolean allowed, String rule) {
    SetClock clock = new SetClock();
    TimeBudget budget = TimeBudget.of(clock, Duration.ofSeconds(60));

    clock.sleep(Duration.ofSeconds(passed));

    assertThat(budget.allows(Duration.ofSeconds(step))).as(rule).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "0,  99, 60, all that is left",
    "50, 99, 10, all that is still left",
    "50, 9,  9,  no more than asked for",
    "61, 99, 0,  nothing when it is over",
  })
  void aBudgetTellsWhatIsLeft(int passed, int most, int left, String rule) {
    SetClock clock = new SetClock();
    TimeBudget budget = TimeBudget.of(clock, Duration.ofSeconds(60));

    clock.sleep(Duration.ofSeconds(passed));

    assertThat(budget.remaining(Duration.ofSeconds(most))).as(rule).hasSeconds(left);
  }

  @Test
  void aBudgetKnowsWhatIsSpent() {
    SetClock clock = new SetClock();
    TimeBudget budget = TimeBudget.unlimited(clock);
    assertThat(budget.spent()).isZero();

    clock.sleep(Duration.ofSeconds(7));

    assertThat(budget.spent()).hasSeconds(7);
  }

  @Test
  void aBudgetWithoutEndAllowsEverything() {
    TimeBudget budget = TimeBudget.unlimited(new SetClock());

    assertThat(budget.allows(Duration.ofDays(100_000))).isTrue();
    assertThat(budget.remaining(Duration.ofDays(100_000))).hasDays(100_000);
  }

  @Test
  void aSleepEndsAtAnInterruptWhichStaysSet() {
    Thread.currentThread().interrupt();

    Clock.system().sleep(Duration.ofDays(1));

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void realTimeGoesOn() {
    Instant before = Instant.now();
    Clock.system().sleep(Duration.ofMillis(1));

    assertThat(Clock.system().instant()).isAfter(before);
  }

  private static final class SetClock implements Clock {

    private Instant now = Instant.parse("2026-11-24T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public void sleep(Duration duration) {
      now = now.plus(duration);
    }
  }
}
