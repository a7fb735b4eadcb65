package io.tapline.sync;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code format} of a sync. What it leaves null is found from the key of each export.
 *
 * @param type null: by the ending of the key ({@code .csv}, {@code .tsv}, {@code .jsonl}), CSV when it has none of them
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
    List<String> columns) {}
