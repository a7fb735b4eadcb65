package io.tapline.sync;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Loads the {@code format} of a sync: what of an export's form the sync says, and what it leaves to
 * the key.
 */
final class FormatLoader {

  static final List<String> KEYS =
      List.of(
          "type", "compression", "header", "delimiter", "quote", "escape", "nullText", "columns");

  private static final List<String> DELIMITED_ONLY = KEYS.subList(2, KEYS.size());

  // A dialect's characters are sought in the bytes of an export; a row with a NUL is refused
  // anyway.
  private static final String CHARACTER = "one ASCII character other than NUL, CR and LF";

  private final SettingsObject format;
  private final Optional<Format.Type> type;

  private FormatLoader(SettingsObject format) {
    this.format = format;
    this.type = format.choice("type", Format.Type.values(), SyncLoader::lowerCase);
  }

  /**
   * Problems go where those of {@code format} go; past one, the result only serves to find more.
   */
  static FormatSettings load(SettingsObject format) {
    format.allowOnly(KEYS);
    return new FormatLoader(format).load();
  }

  private FormatSettings load() {
    Optional<Format.Compression> compression =
        format.choice("compression", Format.Compression.values(), SyncLoader::lowerCase);
    if (type.equals(Optional.of(Format.Type.JSONL))) {
      DELIMITED_ONLY.forEach(key -> format.refuseIfPresent(key, "left out, for type is jsonl"));
      return new FormatSettings(
          Format.Type.JSONL, compression.orElse(null), true, null, '"', '"', "", List.of());
    }
    boolean header = format.flag("header", true);
    Optional<Character> delimiter =
        format.text("delimiter", FormatLoader::isCharacter, CHARACTER).map(FormatLoader::first);
    Optional<String> quoteText =
        format.text(
            "quote",
            text -> text.isEmpty() || isCharacter(text),
            CHARACTER + ", or empty where values are never quoted");
    Optional<Character> quote =
        quoteText.isEmpty()
            ? Optional.of('"')
            : quoteText.filter(text -> !text.isEmpty()).map(FormatLoader::first);
    char escape =
        format
            .text("escape", FormatLoader::isCharacter, CHARACTER)
            .map(FormatLoader::first)
            .orElse(quote.orElse('\\'));
    refuseClash(delimiter, quote, escape);
    return new FormatSettings(
        type.orElse(null),
        compression.orElse(null),
        header,
        delimiter.orElse(null),
        quote.orElse(null),
        escape,
        format.text("nullText", text -> true, "text").orElse(""),
        columns(header));
  }

  private void refuseClash(Optional<Character> delimiter, Optional<Character> quote, char escape) {
    if (delimiter.isPresent()) {
      if (delimiter.equals(quote) || delimiter.get() == escape) {
        format.refuseIfPresent("delimiter", "another character than quote and escape");
      }
      return;
    }
    List<Character> delimiters = defaultDelimiters();
    String allowed = "another character than the delimiter, by default a comma, for tsv a tab";
    if (quote.isPresent() && delimiters.contains(quote.get())) {
      format.refuseIfPresent("quote", allowed);
    }
    if (delimiters.contains(escape)) {
      format.refuseIfPresent("escape", allowed);
    }
  }

  /** Both, where only the key of an export says which of the two it is. */
  private List<Character> defaultDelimiters() {
    return type.map(known -> List.of(FormatSettings.defaultDelimiter(known)))
        .orElse(List.of(',', '\t'));
  }

  private List<String> columns(boolean header) {
    String allowed = "a list of column names, none empty, none twice";
    Optional<List<String>> columns =
        format.convert("columns", allowed, FormatLoader::names, JsonNode::isArray);
    boolean filled = columns.filter(names -> !names.isEmpty()).isPresent();
    if (header && filled) {
      format.refuseIfPresent("columns", "left out, for the header names the columns");
    }
    if (!header) {
      format.requirePresent("columns", allowed);
      if (columns.isPresent() && !filled) {
        format.refuseIfPresent("columns", allowed);
      }
    }
    return columns.orElse(List.of());
  }

  private static Optional<List<String>> names(JsonNode array) {
    List<String> names = new ArrayList<>();
    for (JsonNode name : array) {
      if (!name.isTextual() || name.textValue().isEmpty()) {
        return Optional.empty();
      }
      names.add(name.textValue());
    }
    boolean unique = new HashSet<>(names).size() == names.size();
    return unique ? Optional.of(List.copyOf(names)) : Optional.empty();
  }

  private static boolean isCharacter(String text) {
    return text.length() == 1 && text.charAt(0) < 128 && "\0\r\n".indexOf(text.charAt(0)) < 0;
  }

  private static char first(String text) {
    return text.charAt(0);
  }
}
