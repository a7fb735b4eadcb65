package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;

/** What each message to a person has, and what none has. */
final class MessageRules {

  /** What to do stands in a message as one of these, or as what is allowed. */
  private static final Pattern WHAT_TO_DO =
      Pattern.compile(
          "\\b(add|choose|close|compare|correct|did you mean|end|expected|export|faults are|goes"
              + " with(out)?|install|it must be|log in|make|must"
              + " be|name|push|put|raise|rename|run|save|see|set|shows how|start|take|the keys"
              + " are|the only value is|turn|usage|use|wait|write)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern INSIDE =
      Pattern.compile(
          "\\w+(Exception|Error)\\b|\\b(java|javax|com|io|org|software)\\.[a-z0-9]+\\.|\\bnull\\b"
              + "|\\[[^\\]\"]*, [^\\]]*\\]|Optional\\[|@[0-9a-f]{5,}");

  private MessageRules() {}

  /** Checks that a message says where and what to do, and shows nothing of the inside. */
  static void assertTells(String message, String place) {
    assertThat(message).contains(place).containsPattern(WHAT_TO_DO);
    assertShowsNoInside(message);
  }

  /** Checks that nothing that was printed is for programmers only. */
  static void assertShowsNoInside(String output) {
    assertThat(output).doesNotContainPattern(INSIDE).doesNotContain("\tat ");
  }
}
