package io.tapline.local.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwitchboardTest {

  /** Holds each call until it is let go. */
  private record HoldingEndpoint(Api api, CountDownLatch inside, CountDownLatch letGo)
      implements Endpoint {

    @Override
    public Handled handle(Request request) {
      inside.countDown();
      try {
        letGo.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new Handled(Reply.empty(200), false);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"UPLOAD, 15", "DEMERGE, 3", "SEGMENT_URL, 3", "SEGMENT_COMPLETE, 3"})
  void letsInSoManyCallsAtOnce(Api api, int limit) throws Exception {
    CountDownLatch inside = new CountDownLatch(limit);
    CountDownLatch letGo = new CountDownLatch(1);
    Switchboard switchboard = switchboard(new HoldingEndpoint(api, inside, letGo));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> calls = new ArrayList<>();
      for (int i = 0; i < limit; i++) {
        calls.add(threads.submit(() -> switchboard.answer(call(api))));
      }
      inside.await();
      assertThat(status(switchboard.answer(call(api)))).isEqualTo(429);
      letGo.countDown();
      for (Future<Answer> call : calls) {
        assertThat(status(call.get())).isEqualTo(200);
      }
    }
    assertThat(status(switchboard.answer(call(api)))).isEqualTo(200);
    assertThat(switchboard.maxConcurrency()).isEqualTo(Map.of(api.path(), limit + 1));
  }

  @ParameterizedTest
  @CsvSource({"SUBSCRIBE", "DISASSOCIATE"})
  void letsInManyCallsWhereNoLimitIsStated(Api api) throws Exception {
    CountDownLatch inside = new CountDownLatch(40);
    CountDownLatch letGo = new CountDownLatch(1);
    Switchboard switchboard = switchboard(new HoldingEndpoint(api, inside, letGo));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> calls = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        calls.add(threads.submit(() -> switchboard.answer(call(api))));
      }
      inside.await();
      letGo.countDown();
      for (Future<Answer> call : calls) {
        assertThat(status(call.get())).isEqualTo(200);
      }
    }
    assertThat(switchboard.maxConcurrency()).isEqualTo(Map.of(api.path(), 40));
  }

  private static Switchboard switchboard(Endpoint endpoint) {
    return new Switchboard(
        StandInOptions.defaults(), List.of(endpoint), new CallFaults(Faults.none()), null);
  }

  private static Request call(Api api) {
    StandInOptions options = StandInOptions.defaults();
    Map<String, String> headers =
        Map.of(
            "X-CleverTap-Account-Id", options.accountId(),
            "X-CleverTap-Passcode", options.passcode());
    return new Request(new RequestHead(api.method(), api.path(), headers), new byte[0]);
  }

  private static int status(Answer answer) {
    return ((Reply) answer).status();
  }
}
