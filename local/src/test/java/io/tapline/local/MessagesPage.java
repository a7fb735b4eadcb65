package io.tapline.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The page of messages: tables of Markdown with a message in code and why it is told. In a message
 * {@code …} stands for anything.
 */
final class MessagesPage {

  private static final Path PAGE = Path.of("../docs/messages.md");
  private static final Pattern ROW = Pattern.compile("\\| `(?<message>.+)` \\| (?<why>.+) \\|");

  private final Map<String, String> messages = new LinkedHashMap<>();

  private MessagesPage() {}

  static MessagesPage read() throws IOException {
    MessagesPage page = new MessagesPage();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && page.messages.put(row.group("why"), row.group("message")) != null) {
        throw new IllegalStateException("told twice: " + row.group("why"));
      }
    }
    return page;
  }

  /** The messages by why they are told, as they stand there. */
  Map<String, String> messages() {
    return messages;
  }

  /** A whole line of output that is this message. */
  Pattern line(String why) {
    String message = messages.getOrDefault(why, "(docs/messages.md has no row for it)");
    String regex =
        Arrays.stream(message.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return Pattern.compile("^" + regex + "$", Pattern.MULTILINE);
  }
}
