package io.tapline.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimelineTest {

  private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

  private final Timeline timeline = new Timeline(START, new Random(1));
  private final List<String> told = new ArrayList<>();

  @Test
  void aSleepTakesVirtualTimeOnly() {
    timeline.start(() -> sleepAndTell(Duration.ofHours(2), "second"));
    timeline.start(() -> sleepAndTell(Duration.ofHours(1), "first"));
    timeline.start(
        () -> {
          sleepAndTell(Duration.ofHours(3), "third");
          timeline.end();
        });

    assertThat(timeline.run(START.plus(Duration.ofDays(1)))).isTrue();
    assertThat(told).containsExactly("first", "second", "third");
    assertThat(timeline.instant()).isEqualTo(START.plus(Duration.ofHours(3)));
  }

  @Test
  void aSleepEndsAtAWholeMillisecond() {
    timeline.start(
        () -> {
          timeline.sleep(Duration.ofNanos(1));
          told.add(timeline.instant().toString());
          timeline.sleep(Duration.ofMillis(2));
          told.add(timeline.instant().toString());
          timeline.end();
        });
    timeline.run(Instant.MAX);

    assertThat(told).containsExactly("2026-11-24T00:00:00.001Z", "2026-11-24T00:00:00.003Z");
  }

  @Test
  void endsWhatIsNotOverInTime() {
    timeline.start(
        () -> {
          try {
            sleepAndTell(Duration.ofDays(2), "never");
          } finally {
            told.add("ended");
          }
        });

    assertThat(timeline.run(START.plus(Duration.ofDays(1)))).isFalse();
    assertThat(told).containsExactly("ended");
  }

  @Test
  void aTaskStartsOthers() {
    timeline.start(
        () -> {
          timeline.start(() -> told.add("other"));
          sleepAndTell(Duration.ofSeconds(1), "first");
          timeline.end();
        });
    timeline.run(Instant.MAX);

    assertThat(told).containsExactly("other", "first");
  }

  @Test
  void tellsWhoPlaysItOfATaskThatFailed() {
    timeline.start(
        () -> {
          throw new IllegalArgumentException("broken");
        });

    assertThatThrownBy(() -> timeline.run(Instant.MAX))
        .hasRootCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anotherThreadsSleepTakesNoTime() {
    timeline.sleep(Duration.ofDays(1));
    timeline.pause();

    assertThat(timeline.instant()).isEqualTo(START);
  }

  @Test
  void whoGoesFirstIsDrawnFromTheSeed() {
    List<List<String>> orders =
        IntStream.range(0, 20).mapToObj(TimelineTest::orderOf).distinct().toList();

    assertThat(orders).hasSizeGreaterThan(3);
    assertThat(orderOf(7)).isEqualTo(orderOf(7));
  }

  private static List<String> orderOf(int seed) {
    Timeline timeline = new Timeline(START, new Random(seed));
    List<String> order = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      timeline.start(
          () -> {
            for (int i = 0; i < 3; i++) {
              order.add(name);
              timeline.pause();
            }
          });
    }
    timeline.start(
        () -> {
          timeline.sleep(Duration.ofMillis(1));
          timeline.end();
        });
    timeline.run(Instant.MAX);
    return order;
  }

  private void sleepAndTell(Duration duration, String what) {
    timeline.sleep(duration);
    told.add(what);
  }
}
