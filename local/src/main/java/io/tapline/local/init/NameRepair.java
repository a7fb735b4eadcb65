package io.tapline.local.init;

import io.tapline.record.Columns;
import io.tapline.record.HeaderException;
import io.tapline.sync.Format;
import io.tapline.sync.Sync;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds other names for columns whose own can't be sent; a push would stop at them. */
final class NameRepair {

  private static final int MAX_BYTES = 120;

  private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{N} _-]+");
  private static final Pattern ENDS = Pattern.compile("^[ _-]+|[ _-]+$");

  private static final Set<String> CODES =
      Set.of("EMPTY_COLUMN_NAME", "COLUMN_NAME_TOO_LONG", "FORBIDDEN_COLUMN_NAME");

  private NameRepair() {}

  /**
   * Adds to {@code rename} what has to be sent under another name.
   *
   * @param bare a sync of the kind, without {@code rename} and {@code columnTypes}
   */
  static void repair(
      Sync bare, ExportFacts facts, Format format, Map<String, String> rename, Remarks remarks) {
    Set<String> taken = new HashSet<>();
    facts.columns().forEach(column -> taken.add(lower(column.name())));
    rename.values().forEach(name -> taken.add(lower(name)));
    int number = 0;
    for (ColumnFacts column : facts.columns()) {
      number++;
      String name = column.name();
      if (!rename.containsKey(name) && !canBeSent(bare, name, format)) {
        String repaired = free(repaired(name, number), taken);
        rename.put(name, repaired);
        remarks.found(
            "names", "\"%s\" is sent as %s: it can't be sent as it is".formatted(name, repaired));
      }
    }
  }

  private static boolean canBeSent(Sync bare, String name, Format format) {
    if (format.type() == Format.Type.JSONL && name.equalsIgnoreCase("Items")) {
      return true; // of events; a header can't have it
    }
    try {
      Columns.of(bare, List.of("identity", "evtName", name));
      return true;
    } catch (HeaderException e) {
      return !CODES.contains(e.code());
    }
  }

  private static String repaired(String name, int number) {
    String repaired = ENDS.matcher(OTHERS.matcher(name).replaceAll("_")).replaceAll("");
    while (repaired.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES - 4) {
      repaired = repaired.substring(0, repaired.offsetByCodePoints(repaired.length(), -1));
    }
    return repaired.isBlank() ? "column " + number : repaired;
  }

  private static String free(String name, Set<String> taken) {
    String free = name;
    for (int i = 2; !taken.add(lower(free)); i++) {
      free = name + " " + i;
    }
    return free;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
