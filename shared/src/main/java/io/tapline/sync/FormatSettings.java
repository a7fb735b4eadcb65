package io.tapline.sync;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The {@code format} of a sync. What it leaves null is found from the key of each export.
 *
 * @param type null: by the ending of the key ({@code .csv}, {@code .tsv}, {@code .jsonl}), CSV when
 *     it has none of them
 * @param compression null: by the ending of the key ({@code .gz})
 * @param delimiter null: a tab for TSV, else a comma
 * @param quote null: values are never quoted
 */
public record FormatSettings(
    Format.@Nullable Type type,
    Format.@Nullable Compression compression,
    boolean header,
    @Nullable Character delimiter,
    @Nullable Character quote,
    char escape,
    String nullText,
    List<String> columns) {

  private static final String GZ = ".gz";
  private static final String REJECTED_LINES = "/rejects.jsonl";

  /**
   * The form of the export at {@code key}: what the settings leave open is told by the key's
   * ending, upper and lower case being alike, as in {@code name.000.00.csv.gz}.
   */
  public Format resolve(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    Format.Type known =
        type != null
            ? type
            : typeOf(lower.endsWith(GZ) ? lower.substring(0, lower.length() - GZ.length()) : lower);
    boolean delimited = known != Format.Type.JSONL;
    return new Format(
        known,
        compression(lower, known),
        delimited && header,
        delimiter != null ? delimiter : defaultDelimiter(known),
        quote,
        escape,
        nullText,
        delimited ? columns : List.of());
  }

  /** A report's file of rejected lines is not packed, whatever the export was. */
  private Format.Compression compression(String key, Format.Type known) {
    if (known == Format.Type.JSONL && key.endsWith(REJECTED_LINES)) {
      return Format.Compression.NONE;
    }
    return compression != null
        ? compression
        : key.endsWith(GZ) ? Format.Compression.GZ : Format.Compression.NONE;
  }

  static char defaultDelimiter(Format.Type type) {
    return type == Format.Type.TSV ? '\t' : ',';
  }

  private static Format.Type typeOf(String key) {
    if (key.endsWith(".tsv")) {
      return Format.Type.TSV;
    }
    return key.endsWith(".jsonl") ? Format.Type.JSONL : Format.Type.CSV;
  }
}
