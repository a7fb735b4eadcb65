package io.tapline.local.init;

import io.tapline.sync.Format;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The form of an export, found from its name and its first bytes.
 *
 * @param format how it is read
 * @param byName how it would be read by its name alone, without a {@code format} in the sync
 */
record FoundFormat(Format format, Format byName) {

  /** The keys of a sync's {@code format} that its name does not tell; empty: none is needed. */
  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    if (format.type() != byName.type()) {
      settings.put("type", lowerCase(format.type()));
    }
    if (format.compression() != byName.compression()) {
      settings.put("compression", lowerCase(format.compression()));
    }
    if (format.type() == Format.Type.JSONL) {
      return settings;
    }
    if (!format.header()) {
      settings.put("header", false);
    }
    if (format.delimiter() != (format.type() == Format.Type.TSV ? '\t' : ',')) {
      settings.put("delimiter", String.valueOf(format.delimiter()));
    }
    Character quote = format.quote();
    if (quote == null) {
      settings.put("quote", "");
    } else if (format.escape() != quote) {
      settings.put("escape", String.valueOf(format.escape()));
    }
    if (!format.nullText().isEmpty()) {
      settings.put("nullText", format.nullText());
    }
    if (!format.header()) {
      settings.put("columns", format.columns());
    }
    return settings;
  }

  /** For a person: {@code CSV, gzip, delimiter |, null is \N}. */
  String described() {
    List<String> parts = new ArrayList<>(List.of(format.type().name()));
    if (format.compression() == Format.Compression.GZ) {
      parts.add("gzip");
    }
    settings()
        .forEach(
            (key, value) -> {
              switch (key) {
                case "delimiter" -> parts.add("delimiter " + value);
                case "quote" -> parts.add("values are never quoted");
                case "escape" -> parts.add("quotes escaped by " + value);
                case "nullText" -> parts.add("null is " + value);
                case "header" -> parts.add("no header line");
                default -> {}
              }
            });
    return String.join(", ", parts);
  }

  private static String lowerCase(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
