package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IdleSlotsTest {

  private final IdleSlots slots = new IdleSlots(Duration.ofDays(1));

  @Test
  void aPauseEndsByItself() {
    new IdleSlots(Duration.ofMillis(1)).pause();
  }

  @Test
  void aMessageThatIsFoundWakesOneSlot() throws InterruptedException {
    Thread one = pausing();
    Thread other = pausing();

    slots.found();

    while (one.isAlive() && other.isAlive()) {
      Thread.onSpinWait();
    }
    assertThat(one.isAlive() || other.isAlive()).isTrue();
    slots.found();
    one.join();
    other.join();
  }

  @Test
  void aMessageThatIsFoundWhileNobodyPausesWakesNobodyLater() throws InterruptedException {
    slots.found();
    Thread slot = pausing();

    assertThat(slot.isAlive()).isTrue();
    slots.close();
    slot.join();
  }

  @Test
  void nobodyPausesOnceItIsClosed() throws InterruptedException {
    Thread slot = pausing();

    slots.close();

    slot.join();
    slots.pause();
  }

  @Test
  void anInterruptEndsAPauseAndStays() throws InterruptedException {
    CountDownLatch kept = new CountDownLatch(1);
    Thread slot =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  slots.pause();
                  if (Thread.currentThread().isInterrupted()) {
                    kept.countDown();
                  }
                });

    slot.interrupt();

    slot.join();
    assertThat(kept.getCount()).isZero();
  }

  /** A slot that pauses already. */
  private Thread pausing() {
    Thread slot = Thread.ofPlatform().daemon().start(slots::pause);
    while (slot.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    return slot;
  }
}
