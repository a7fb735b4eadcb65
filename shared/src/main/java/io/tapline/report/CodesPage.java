package io.tapline.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What each code means and what to do, as {@code docs/codes.md} says: it is packed with us. */
final class CodesPage {

  private static final Pattern LINE = Pattern.compile("\\| (`.*`) \\| (.*) \\| (.*) \\|");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private final Map<String, Entry> entries = new HashMap<>();

  private CodesPage(String markdown) {
    markdown
        .lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(
            line ->
                CODE.matcher(line.group(1))
                    .results()
                    .forEach(
                        code ->
                            entries.put(code.group(1), new Entry(line.group(2), line.group(3)))));
  }

  /** Reads the page that is packed with us. */
  static CodesPage read() {
    try (InputStream page =
        Objects.requireNonNull(CodesPage.class.getResourceAsStream("codes.md"))) {
      return new CodesPage(new String(page.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty for a code that is not ours, such as a number that CleverTap has added. */
  Optional<Entry> find(String code) {
    return Optional.ofNullable(entries.get(code));
  }

  /**
   * A line of the page, in Markdown.
   *
   * @param action what to do
   */
  record Entry(String meaning, String action) {}
}
