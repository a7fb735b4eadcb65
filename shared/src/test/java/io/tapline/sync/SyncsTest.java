package io.tapline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncsTest {

  @ParameterizedTest
  @CsvSource({
    "the only one,            exports/all.csv,       all",
    "the longest prefix,      exports/vip/x.csv,     vip",
    "a longer one still,      exports/vip/new/x.csv, new",
    "not only whole folders,  exports/vipx.csv,      start",
  })
  void findsTheSyncWithTheLongestPrefix(String rule, String key, String name) {
    Syncs syncs =
        Syncs.of(
            Map.of(
                "all", events("exports/"),
                "start", events("exports/vip"),
                "vip", events("exports/vip/"),
                "new", events("exports/vip/new/")));

    assertThat(syncs.find(key))
        .as(rule)
        .isInstanceOfSatisfying(
            Syncs.Found.class, found -> assertThat(found.sync().name()).isEqualTo(name));
    assertThat(syncs.broken()).isEmpty();
  }

  @Test
  void findsNoSyncForAKeyUnderNoPrefix() {
    assertThat(Syncs.of(Map.of("vip", events("exports/vip/"))).find("exports/x.csv"))
        .isEqualTo(new Syncs.None());
  }

  @Test
  void keepsABrokenSyncFromHinderingOthers() {
    Syncs syncs =
        Syncs.of(
            Map.of(
                "good", events("exports/good/"),
                "cut", utf8("{\"prefix\":\"exports/cut/\""),
                "rootless", utf8("{\"prefix\":\"\"}")));

    assertThat(syncs.find("exports/good/x.csv")).isInstanceOf(Syncs.Found.class);
    assertThat(syncs.find("exports/cut/x.csv")).isEqualTo(new Syncs.None());
    assertThat(syncs.loaded()).containsOnlyKeys("good");
    assertThat(syncs.broken()).containsOnlyKeys("cut", "rootless");
    assertThat(syncs.broken().get("cut")).contains("not valid JSON").contains("syncs/cut.json");
  }

  @Test
  void tellsThatTheSyncOfAnExportIsBroken() {
    Syncs syncs =
        Syncs.of(
            Map.of(
                "all", events("exports/"),
                "vip",
                    utf8(
                        """
                        {"connection":"prod","prefix":"exports/vip/","target":"USER_EVENTS",
                         "threadCount":12}\
                        """)));

    assertThat(syncs.find("exports/vip/x.csv"))
        .isEqualTo(
            new Syncs.Broken("vip", "threadCount is 12; it must be 1 to 10 (syncs/vip.json)"));
    assertThat(syncs.find("exports/x.csv")).isInstanceOf(Syncs.Found.class);
  }

  @Test
  void refusesSyncsThatShareAPrefix() {
    Syncs syncs = Syncs.of(Map.of("b", events("x/"), "a", events("x/"), "c", events("y/")));

    assertThat(syncs.find("x/1.csv"))
        .isEqualTo(
            new Syncs.Broken(
                "a",
                "prefix is the same in the syncs a, b; it must be another one in each"
                    + " (syncs/a.json)"));
    assertThat(syncs.broken()).containsOnlyKeys("a", "b");
    assertThat(syncs.loaded()).containsOnlyKeys("c");
  }

  @Test
  void refusesASyncThatSharesItsPrefixWithABrokenOne() {
    Syncs syncs =
        Syncs.of(Map.of("bad", utf8("{\"prefix\":\"x/\",\"since\":0}"), "good", events("x/")));

    assertThat(syncs.loaded()).isEmpty();
    assertThat(syncs.broken().get("bad").lines())
        .anyMatch(line -> line.startsWith("since is 0"))
        .anyMatch(line -> line.startsWith("prefix is the same in the syncs bad, good"));
  }

  private static byte[] events(String prefix) {
    return utf8(
        "{\"connection\":\"prod\",\"prefix\":\"%s\",\"target\":\"USER_EVENTS\"}".formatted(prefix));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
