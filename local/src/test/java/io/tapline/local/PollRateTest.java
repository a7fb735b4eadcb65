package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollRateTest {

  /** f: an invocation threw, s: one succeeded. */
  @ParameterizedTest(name = "{3}")
  @CsvSource({
    "10, '', 10, all slots at first",
    "10, f, 5, an error halves",
    "10, ff, 2, each error halves again",
    "10, ffffff, 1, one slot is always left",
    "10, fss, 7, a success adds one",
    "2, fss, 2, never more than the maximum",
    "3, f, 1, halves are rounded down"
  })
  void slowsDownAndRecovers(int maximum, String results, int expected, String rule) {
    PollRate rate = new PollRate(maximum);

    for (char result : results.toCharArray()) {
      if (result == 'f') {
        rate.failed();
      } else {
        rate.succeeded();
      }
    }

    assertThat(rate.current()).as(rule).isEqualTo(expected);
  }

  @Test
  void aSlotBeyondTheRateWaitsForASuccess() throws InterruptedException {
    PollRate rate = new PollRate(2);
    rate.failed();
    assertThat(rate.await(0)).isTrue();
    Thread waiting = Thread.ofVirtual().start(() -> rate.await(1));

    rate.succeeded();

    waiting.join();
  }

  @Test
  void closingFreesTheSlotsThatWait() throws InterruptedException {
    PollRate rate = new PollRate(2);
    rate.failed();
    Thread waiting = Thread.ofVirtual().start(() -> rate.await(1));

    rate.close();

    waiting.join();
    assertThat(rate.await(0)).isFalse();
    assertThat(rate.isClosed()).isTrue();
  }

  @Test
  void anInterruptEndsTheWait() throws InterruptedException {
    PollRate rate = new PollRate(2);
    rate.failed();
    Thread waiting = Thread.ofVirtual().start(() -> rate.await(1));

    waiting.interrupt();

    waiting.join();
    assertThat(rate.isClosed()).isFalse();
  }
}
