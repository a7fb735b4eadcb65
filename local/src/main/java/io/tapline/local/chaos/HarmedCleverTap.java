package io.tapline.local.chaos;

import io.tapline.clevertap.CleverTapApi;
import io.tapline.clevertap.ListFile;
import io.tapline.clevertap.Reply;
import io.tapline.local.chaos.Step.Operation;
import io.tapline.sync.Connection;
import java.net.URI;
import java.time.Duration;

/**
 * CleverTap as the handler in one environment meets it: a call takes its time, in the middle of
 * which it is processed.
 */
final class HarmedCleverTap implements CleverTapApi {

  private static final Duration HALF_A_CALL = Duration.ofMillis(150);

  private final Environment environment;
  private final CleverTapApi api;
  private final Traffic traffic;

  HarmedCleverTap(Environment environment, CleverTapApi api, Traffic traffic) {
    this.environment = environment;
    this.api = api;
    this.traffic = traffic;
  }

  @Override
  public Reply post(Connection connection, String path, byte[] json, Duration timeout) {
    return call(Operation.POST, path, timeout, () -> api.post(connection, path, json, timeout));
  }

  @Override
  public Reply put(URI url, ListFile list, Duration timeout) {
    return call(Operation.PUT_LIST, "", timeout, () -> api.put(url, list, timeout));
  }

  private Reply call(
      Operation operation, String path, Duration timeout, Environment.Action<Reply> call) {
    Harm harm = environment.harm(new Step(environment.handler(), operation, path), path);
    traffic.come();
    try {
      return switch (harm) {
        case FAILS -> new Reply.NotSent("no connection");
        case SLOW -> {
          environment.pass(timeout);
          yield new Reply.Lost("no answer in time");
        }
        case ANSWER_LOST -> {
          environment.pass(HALF_A_CALL);
          call.run();
          environment.pass(timeout.minus(HALF_A_CALL));
          yield new Reply.Lost("no answer in time");
        }
        case NONE, STUCK, REPEATED, PARTLY, KILLED_BEFORE, KILLED_AFTER -> {
          environment.pass(HALF_A_CALL);
          Reply answer = call.run();
          environment.survive(harm);
          environment.pass(HALF_A_CALL);
          yield answer;
        }
      };
    } finally {
      traffic.go();
    }
  }
}
