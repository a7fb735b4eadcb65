package io.tapline.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What is wrong with JSON that can't be parsed, in words that quote nothing of it. Jackson's own
 * message, which does, is only looked at for the kind of mistake.
 */
final class JsonMistake {

  private record Kind(Pattern told, String mistake) {

    static Kind of(String told, String mistake) {
      return new Kind(Pattern.compile(told), mistake);
    }
  }

  /** The first that fits is meant. */
  private static final List<Kind> KINDS =
      List.of(
          Kind.of("code (35|47)\\)", "JSON has no comments; take it out"),
          Kind.of("code 39\\)|code 82(16|17|20|21)", "put text in straight double quotes (\")"),
          Kind.of(
              "expecting comma",
              "put a comma before it, or a backslash before a quote within a text"),
          Kind.of("expecting a colon", "put a colon between the key and its value"),
          Kind.of(
              "code (125|93)\\)", "take out the comma before it, or add the value that is missing"),
          Kind.of("close marker", "close the bracket by one of its kind"),
          Kind.of("to start field name", "put the key in double quotes (\")"),
          Kind.of("CTRL-CHAR", "close the quotes of the text before its line ends"),
          Kind.of("character escape", "write a backslash in a text twice (\\\\)"),
          Kind.of(
              "^Invalid numeric value", "write the number as JSON does, without a leading zero"),
          Kind.of(
              "^Unrecognized token",
              "put text in double quotes (\"), and write true or false in lower case"));

  private JsonMistake() {}

  /** The mistake, and so what to do about it. */
  static String of(JsonProcessingException failure) {
    if (failure instanceof JsonEOFException) {
      return "it ends too early; close the quote or the bracket that is open";
    }
    String told = Objects.toString(failure.getOriginalMessage(), "");
    return KINDS.stream()
        .filter(kind -> kind.told().matcher(told).find())
        .map(Kind::mistake)
        .findFirst()
        .orElse("see what stands there");
  }
}
