package io.tapline.local.chaos;

import io.tapline.clevertap.CleverTapApi;
import io.tapline.clevertap.Reply;
import io.tapline.local.chaos.Step.Operation;
import io.tapline.sync.Connection;
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
    Harm harm = environment.harm(new Step(environment.handler(), Operation.POST, path), path);
    traffic.come();
    try {
      Reply reply =
          switch (harm) {
            case FAILS -> new Reply.NotSent("no connection");
            case SLOW -> {
              environment.pass(timeout);
              yield new Reply.Lost("no answer in time");
            }
            case ANSWER_LOST -> {
              environment.pass(HALF_A_CALL);
              api.post(connection, path, json, timeout);
              environment.pass(timeout.minus(HALF_A_CALL));
              yield new Reply.Lost("no answer in time");
            }
            case NONE, REPEATED, PARTLY, KILLED_BEFORE, KILLED_AFTER -> {
              environment.pass(HALF_A_CALL);
              Reply answer = api.post(connection, path, json, timeout);
              environment.survive(harm);
              environment.pass(HALF_A_CALL);
              yield answer;
            }
          };
      return reply;
    } finally {
      traffic.go();
    }
  }
}
