package io.tapline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page that people read and the loaders know the same keys, in the same order. */
class SettingsPageTest {

  private static final Pattern KEY = Pattern.compile("(?m)^\\| `([$A-Za-z.]+)` \\|");

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

  private static List<String> keysUnder(String heading) throws IOException {
    String page = Files.readString(Path.of("../docs/settings.md"));
    String section = page.split(Pattern.quote(heading + "\n"), 2)[1].split("\n## ", 2)[0];
    return KEY.matcher(section).results().map(match -> match.group(1)).toList();
  }
}
