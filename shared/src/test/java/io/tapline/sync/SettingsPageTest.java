package io.tapline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The page that people read and the loaders know the same keys, in the same order, and its examples
 * load.
 */
class SettingsPageTest {

  private static final Pattern KEY = Pattern.compile("(?m)^\\| `([$A-Za-z.]+)` \\|");

  private static final Pattern EXAMPLE = Pattern.compile("(?s)```json\n(.+?)```");

  @Test
  void listsTheKeysOfASync() throws IOException {
    List<String> known = new ArrayList<>();
    for (String key : SyncLoader.KEYS) {
      known.add(key);
      List<String> inner =
          switch (key) {
            case "retry" -> RetryLoader.KEYS;
            case "customList" -> CustomListLoader.KEYS;
            case "format" -> FormatLoader.KEYS;
            default -> List.of();
          };
      inner.forEach(innerKey -> known.add(key + "." + innerKey));
    }

    assertThat(keysUnder("## A sync")).isEqualTo(known);
  }

  @Test
  void listsTheKeysOfAConnection() throws IOException {
    assertThat(keysUnder("## A connection")).isEqualTo(ConnectionParser.KEYS);
  }

  @Test
  void showsAWorkingSyncOfEachWay() throws IOException {
    List<Map.Entry<Target, Optional<Operation>>> ways = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      ways.add(Map.entry(Target.USER_PROFILES, Optional.of(operation)));
    }
    ways.add(Map.entry(Target.USER_EVENTS, Optional.empty()));
    ways.add(Map.entry(Target.CUSTOM_LIST, Optional.empty()));

    assertThat(examplesUnder("## A sync for each way").stream().map(SettingsPageTest::load))
        .extracting(sync -> Map.entry(sync.target(), Optional.ofNullable(sync.operation())))
        .containsExactlyElementsOf(ways);
  }

  @Test
  void showsASmallestSync() throws IOException {
    assertThat(examplesUnder("## A sync")).hasSize(1).allSatisfy(SettingsPageTest::load);
  }

  @Test
  void showsAWorkingConnection() throws IOException {
    assertThat(examplesUnder("## A connection"))
        .hasSize(1)
        .map(json -> json.replace("…", "SECRET"))
        .allSatisfy(
            json ->
                assertThat(ConnectionParser.parse("prod", json, "here").accountId()).isNotBlank())
        .allSatisfy(
            json ->
                assertThat(SettingsSchema.of("connection.schema.json").problems(json)).isEmpty());
  }

  private static Sync load(String json) {
    assertThat(SettingsSchema.of("sync.schema.json").problems(json)).isEmpty();
    return SyncLoader.load("vip", json.getBytes(StandardCharsets.UTF_8), "docs/settings.md");
  }

  private static List<String> keysUnder(String heading) throws IOException {
    return found(KEY, heading);
  }

  private static List<String> examplesUnder(String heading) throws IOException {
    return found(EXAMPLE, heading);
  }

  private static List<String> found(Pattern pattern, String heading) throws IOException {
    String page = Files.readString(Path.of("../docs/settings.md"));
    String section = page.split(Pattern.quote(heading + "\n"), 2)[1].split("\n## ", 2)[0];
    return pattern.matcher(section).results().map(match -> match.group(1)).toList();
  }
}
