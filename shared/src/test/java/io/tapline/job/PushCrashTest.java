package io.tapline.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapline.aws.ForwardingStore;
import io.tapline.aws.ObjectStore;
import io.tapline.clevertap.CleverTapApi;
import io.tapline.clevertap.Reply;
import io.tapline.clevertap.ScriptedApi;
import io.tapline.ledger.OpenRows;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.Stop;
import io.tapline.sync.Connection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A worker that is killed before and after each of its external effects, one at a time, and the
 * message that is handed out again when its visibility timeout is over.
 */
class PushCrashTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration VISIBILITY_TIMEOUT = Duration.ofMinutes(12);
  private static final String PROFILES =
      "\"target\":\"USER_PROFILES\",\"operation\":\"UPLOAD_USER_PROFILES\",\"skipOnInvalidRecord\":true";
  private static final String STRICT = "\"target\":\"USER_EVENTS\"";
  private static final String EVENTS = STRICT + ",\"skipOnInvalidRecord\":true";
  private static final String HOLD = ",\"unknownOutcome\":\"hold\"";

  /** Split, busy, a server error at one record, busy for the rest of the receive, taken. */
  private static final List<String> TROUBLE =
      List.of("413", "429", "555", "ok", "429", "429", "429", "ok");

  private enum Story {
    EVENTS_RESENT(EVENTS, 9, TROUBLE, Set.of(), "*.sent POST *.reply outcome"),
    EVENTS_HELD(EVENTS + HOLD, 9, TROUBLE, Set.of(), "*.sent POST *.reply outcome"),
    EVENTS_TAKEN(EVENTS + HOLD, 3, List.of("ok"), Set.of(), "*.sent POST outcome"),
    STOP_RESENT(STRICT, 3, List.of("ok"), Set.of(2L), "*.sent POST outcome stopped.json"),
    STOP_HELD(STRICT + HOLD, 3, List.of("ok"), Set.of(2L), "*.sent POST outcome stopped.json"),
    PROFILE_ROWS(PROFILES, 9, TROUBLE, Set.of(), "POST *.reply outcome");

    private final String settings;
    private final int rows;
    private final List<String> answers;
    private final Set<Long> refused;
    private final List<String> effects;

    Story(String settings, int rows, List<String> answers, Set<Long> refused, String effects) {
      this.settings = settings;
      this.rows = rows;
      this.answers = answers;
      this.refused = refused;
      this.effects = List.of(effects.split(" "));
    }

    boolean isHeld() {
      return settings.endsWith(HOLD);
    }
  }

  private enum Moment {
    BEFORE,
    AFTER
  }

  @ParameterizedTest
  @EnumSource(Story.class)
  void losesNothingWhereverItIsKilled(Story story) {
    Life whole = new Life(story, -1, Moment.BEFORE);
    whole.live();
    assertThat(whole.effects.stream().distinct()).containsExactlyElementsOf(story.effects);
    assertThat(whole.outcome().calls()).isEqualTo(whole.posts);
    whole.check(false);

    for (int effect = 0; effect < whole.effects.size(); effect++) {
      for (Moment moment : Moment.values()) {
        Life life = new Life(story, effect, moment);
        life.live();
        life.check(isUnknown(whole.effects.get(effect), moment));
      }
    }
  }

  /** Whether nobody can know then whether the call before came through. */
  private static boolean isUnknown(String effect, Moment moment) {
    return switch (effect) {
      case "POST" -> true;
      case "*.sent" -> moment == Moment.AFTER;
      case "*.reply", "outcome" -> moment == Moment.BEFORE;
      default -> false;
    };
  }

  /** A chunk from its first receive to its outcome. */
  private static final class Life implements CleverTapApi {

    private final StagedJob job = new StagedJob();
    private final Story story;
    private final int killAt;
    private final Moment moment;
    private final List<String> effects = new ArrayList<>();
    private final Map<Long, Integer> taken = new HashMap<>();
    private int posts;

    Life(Story story, int killAt, Moment moment) {
      this.story = story;
      this.killAt = killAt;
      this.moment = moment;
    }

    void live() {
      job.open(story.settings, story.rows);
      ObjectStore store = store();
      for (int receives = 1; receives < 20; receives++) {
        try {
          switch (job.push(this, store, 0, receives)) {
            case PushResult.Done done -> {
              return;
            }
            case PushResult.Later later -> job.parts().clock().sleep(later.delay());
          }
        } catch (Killed e) {
          job.parts().clock().sleep(VISIBILITY_TIMEOUT);
        }
      }
      throw new AssertionError(this + " has no outcome");
    }

    Outcome outcome() {
      return job.outcome();
    }

    void check(boolean unknown) {
      Outcome outcome = outcome();
      Set<Long> open = new HashSet<>();
      outcome.open().stream().map(OpenRows::rows).forEach(open::addAll);
      assertThat(outcome.rows().addUp()).as("%s", this).isTrue();
      assertThat(outcome.rows().unknown()).as("%s: only unknown ones", this).isEqualTo(open.size());
      long twice = 0;
      for (long row = 1; row <= story.rows; row++) {
        int times = taken.getOrDefault(row, 0);
        if (row == 4 || story.refused.contains(row)) {
          assertThat(times).as("%s: bad row %d", this, row).isZero();
        } else if (open.contains(row)) {
          assertThat(times).as("%s: held row %d", this, row).isLessThanOrEqualTo(1);
        } else {
          assertThat(times).as("%s: row %d", this, row).isPositive();
          twice += times - 1;
        }
      }
      if (story == Story.PROFILE_ROWS) {
        assertThat(outcome.calls()).as("%s: of receives that ended", this).isBetween(1, posts);
      } else {
        assertThat(outcome.calls()).as("%s", this).isBetween(posts, posts + 1);
        assertThat(twice).as("%s", this).isLessThanOrEqualTo(outcome.sentAgainAfterUnknown());
      }
      if (!unknown || story == Story.PROFILE_ROWS) {
        assertThat(open).as("%s", this).isEmpty();
      }
      if (!unknown || story.isHeld()) {
        assertThat(twice).as("%s", this).isZero();
        assertThat(outcome.sentAgainAfterUnknown()).as("%s", this).isZero();
      }
      assertThat(job.run().stop().map(Stop::code).isPresent())
          .as("%s: an outcome that has a stop has stopped the run", this)
          .isEqualTo(outcome.stop() != null);
    }

    @Override
    public Reply post(Connection connection, String path, byte[] json, Duration timeout) {
      return around("POST", () -> answer(json));
    }

    private Reply answer(byte[] json) {
      List<Long> rows = rows(json);
      String answer = posts < story.answers.size() ? story.answers.get(posts) : "ok";
      posts++;
      if (answer.equals("413") || answer.equals("429")) {
        return ScriptedApi.answer(Integer.parseInt(answer), "");
      }
      List<String> unprocessed = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        boolean isRefused = story.refused.contains(rows.get(i));
        if (isRefused || (answer.equals("555") && i == 1)) {
          unprocessed.add(
              "{\"code\":%s,\"error\":\"Skipped record number : %d\"}"
                  .formatted(isRefused ? "513" : "555", i + 1));
        } else {
          taken.merge(rows.get(i), 1, Integer::sum);
        }
      }
      return ScriptedApi.answer(
          200,
          "{\"status\":\"partial\",\"processed\":%d,\"unprocessed\":[%s]}"
              .formatted(rows.size() - unprocessed.size(), String.join(",", unprocessed)));
    }

    private static List<Long> rows(byte[] json) {
      try {
        JsonNode records = JSON.readTree(new String(json, StandardCharsets.UTF_8)).path("d");
        return IntStream.range(0, records.size())
            .mapToObj(i -> Long.valueOf(records.get(i).path("identity").asText().substring(1)))
            .toList();
      } catch (JsonProcessingException e) {
        throw new AssertionError(e);
      }
    }

    private ObjectStore store() {
      return new ForwardingStore(job.parts().store()) {
        @Override
        public boolean putIfAbsent(String bucket, String key, byte[] content) {
          return around(name(key), () -> super.putIfAbsent(bucket, key, content));
        }

        @Override
        public void put(String bucket, String key, byte[] content) {
          around(
              name(key),
              () -> {
                super.put(bucket, key, content);
                return key;
              });
        }
      };
    }

    private static String name(String key) {
      if (key.contains("/outcomes/")) {
        return "outcome";
      }
      return key.contains("/calls/")
          ? "*" + key.substring(key.lastIndexOf('.'))
          : key.substring(key.lastIndexOf('/') + 1);
    }

    private <T> T around(String name, Supplier<T> effect) {
      boolean here = effects.size() == killAt;
      effects.add(name);
      if (here && moment == Moment.BEFORE) {
        throw new Killed();
      }
      T result = effect.get();
      if (here) {
        throw new Killed();
      }
      return result;
    }

    @Override
    public String toString() {
      return "%s, killed %s effect %d %s".formatted(story, moment, killAt, effects);
    }
  }
}
