package io.tapline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.clevertap.TestSyncs;
import io.tapline.record.Mapped;
import io.tapline.sync.Sync;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds what a delivery says against what a badly behaved CleverTap took. */
class DeliveryModelTest {

  private static final String SKIP = ",\"skipOnInvalidRecord\":true";

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void saysOfProfilesWhatCleverTapTook(long seed) {
    ModelCleverTap model = new ModelCleverTap(seed, 5, seed % 3 == 0 ? 4 : 0, 0);
    List<Mapped> records = Chunks.of(users(seed));

    List<String> told = deliver(TestSyncs.profiles(SKIP), model, users(seed));

    for (int i = 0; i < told.size(); i++) {
      String record = text(records.get(i));
      switch (told.get(i)) {
        case "ok" -> assertThat(model.taken(record)).as(record).isPositive();
        case "515" -> assertThat(model.isBad(record)).as(record).isTrue();
        case "400", "FAILED/400", "FAILED/555" -> {}
        case "UNKNOWN/UNACCOUNTED", "FAILED/429" -> {}
        default -> throw new AssertionError(told.get(i));
      }
    }
    for (char user : users(seed).toCharArray()) {
      String last = model.lastWord(user);
      if (last != null) {
        assertThat(lastTaken(model, records, user)).as("last word on " + user).isEqualTo(last);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void sendsNoEventTwice(long seed) {
    ModelCleverTap model = new ModelCleverTap(seed, 5, seed % 3 == 0 ? 4 : 0, 0);
    List<Mapped> records = Chunks.of(users(seed));

    List<String> told = deliver(TestSyncs.events(SKIP), model, users(seed));

    for (int i = 0; i < told.size(); i++) {
      String record = text(records.get(i));
      int times =
          switch (told.get(i)) {
            case "ok" -> 1;
            case "515", "400", "FAILED/400", "FAILED/555", "FAILED/429" -> 0;
            case "UNKNOWN/UNACCOUNTED" -> Math.min(1, model.taken(record));
            default -> throw new AssertionError(told.get(i));
          };
      assertThat(model.taken(record)).as(record + " is " + told.get(i)).isEqualTo(times);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void sendsNoEventTwiceUnseenThoughReceivesDie(long seed) {
    boolean hold = seed % 2 == 0;
    ModelCleverTap model = new ModelCleverTap(seed, 5, seed % 3 == 0 ? 4 : 0, 5);
    List<Mapped> records = Chunks.of(users(seed));
    ModelReceives receives =
        new ModelReceives(
            TestSyncs.events(SKIP + (hold ? ",\"unknownOutcome\":\"hold\"" : "")), model, seed);

    List<String> told = Chunks.told(receives.deliver(users(seed)).fates());

    long twice = 0;
    for (int i = 0; i < told.size(); i++) {
      String record = text(records.get(i));
      int times = model.taken(record);
      twice += Math.max(0, times - 1);
      switch (told.get(i)) {
        case "ok" -> assertThat(times).as(record).isPositive();
        case "515", "400", "FAILED/400", "FAILED/555", "FAILED/429" ->
            assertThat(times).as(record + " is " + told.get(i)).isZero();
        case "UNKNOWN/UNACCOUNTED", "UNKNOWN/UNKNOWN_OUTCOME" -> {}
        default -> throw new AssertionError(told.get(i));
      }
    }
    assertThat(twice).isLessThanOrEqualTo(hold ? 0 : receives.sentAgain());
    if (hold) {
      assertThat(receives.sentAgain()).isZero();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void keepsTheLastWordOnEachUserThoughReceivesDie(long seed) {
    ModelCleverTap model = new ModelCleverTap(seed, 5, 0, 5);
    List<Mapped> records = Chunks.of(users(seed));

    List<String> told =
        Chunks.told(
            new ModelReceives(TestSyncs.profiles(SKIP), model, seed).deliver(users(seed)).fates());

    for (int i = 0; i < told.size(); i++) {
      if (told.get(i).equals("ok")) {
        assertThat(model.taken(text(records.get(i)))).isPositive();
      }
    }
    for (char user : users(seed).toCharArray()) {
      String last = model.lastWord(user);
      if (last != null) {
        assertThat(lastTaken(model, records, user)).as("last word on " + user).isEqualTo(last);
      }
    }
  }

  private static List<String> deliver(Sync sync, ModelCleverTap model, String users) {
    return Chunks.told(new ModelReceives(sync, model).deliver(users).fates());
  }

  /** The last record of a user in the order of the export that CleverTap took at all. */
  private static String lastTaken(ModelCleverTap model, List<Mapped> records, char user) {
    return records.stream()
        .map(DeliveryModelTest::text)
        .filter(record -> record.charAt(0) == user && model.taken(record) > 0)
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private static String text(Mapped record) {
    String json = new String(record.bytes(), StandardCharsets.UTF_8);
    return json.substring(1, json.length() - 1);
  }

  private static String users(long seed) {
    Random random = new Random(seed);
    int users = 1 + random.nextInt(26);
    return random
        .ints(1 + random.nextInt(200), 0, users)
        .mapToObj(user -> String.valueOf((char) ('a' + user)))
        .reduce("", String::concat);
  }
}
