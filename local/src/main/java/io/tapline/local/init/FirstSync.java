package io.tapline.local.init;

import io.tapline.export.ExportReader;
import io.tapline.export.ReadPosition;
import io.tapline.export.UnreadableExportException;
import io.tapline.job.RejectedRowsOnly;
import io.tapline.ledger.Stop;
import io.tapline.record.ColumnTypes.TypedColumn;
import io.tapline.record.HeaderException;
import io.tapline.sync.Format;
import io.tapline.sync.Sync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A sync to start from, drafted for one export. It loads, and a push with it can be tried. */
public final class FirstSync {

  private final byte[] json;
  private final String export;
  private final Remarks remarks;

  private FirstSync(byte[] json, String export, Remarks remarks) {
    this.json = json;
    this.export = export;
    this.remarks = remarks;
  }

  /**
   * Reads an export twice and drafts a sync for it.
   *
   * @param name the sync's
   * @param schema where an editor finds the JSON Schema, as seen from the sync's file; null: it is
   *     not said
   * @throws UndecidedException when a person has to say more, or the file is no export
   * @throws UncheckedIOException when the file can't be read
   */
  public static FirstSync draft(Path file, String name, Wishes wishes, @Nullable String schema) {
    try {
      return drafted(file, name, wishes, schema);
    } catch (UnreadableExportException | HeaderException e) {
      throw new UndecidedException(file + ": " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FirstSync drafted(Path file, String name, Wishes wishes, @Nullable String schema)
      throws IOException {
    FoundFormat found = FormatFinder.find(file, wishes.columns());
    Format format = found.format();
    ExportFacts facts;
    try (ExportReader reader = open(file, format)) {
      Optional<Stop> stop = RejectedRowsOnly.otherDelimiter(reader.header());
      if (stop.isPresent()) {
        throw new UndecidedException(file + ": " + stop.get().message());
      }
      facts = ExportFacts.read(reader);
    }
    if (facts.rows() == facts.broken()) {
      throw new UndecidedException(
          facts.rows() == 0
              ? file + " has no rows, from which columns could be told"
              : "none of the %s of %s can be read as %s; is it CSV, TSV or JSONL?"
                  .formatted(Text.rows(facts.rows()), file, format.type()));
    }
    Remarks remarks = new Remarks();
    KindFinder kind = KindFinder.find(file, facts, wishes);
    remarks.found("kind", kind.kind().word() + ", " + kind.why());
    Map<String, String> rename = NameFinder.find(kind.kind(), facts, wishes, remarks);
    SyncDraft draft = new SyncDraft(name, kind.kind(), schema);
    draft.put("format", found.settings());
    if (kind.kind().hasProperties()) {
      NameRepair.repair(draft.load(), facts, format, rename, remarks);
    }
    draft.put("columnTypes", TypeFinder.find(kind.kind(), facts, format, rename, remarks));
    draft.put("rename", rename);
    Sync sync = draft.load();
    try (ExportReader reader = open(file, format)) {
      tell(kind.kind(), facts, Trial.of(sync, reader, lastModified(file)), remarks);
    }
    String export =
        "%s: %s, %s, %s"
            .formatted(
                file,
                found.described(),
                Text.rows(facts.rows()),
                Text.count(facts.columns().size(), "column"));
    return new FirstSync(draft.json(), export, remarks);
  }

  private static ExportReader open(Path file, Format format) throws IOException {
    return ExportReader.open(Files.newInputStream(file), format, ReadPosition.START, null);
  }

  private static Instant lastModified(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toInstant();
  }

  private static void tell(Kind kind, ExportFacts facts, Trial trial, Remarks remarks) {
    if (kind.hasProperties()) {
      Map<String, Long> counts =
          trial.types().columns().stream()
              .map(TypedColumn::typeName)
              .filter(Objects::nonNull)
              .collect(Collectors.groupingBy(type -> type, TreeMap::new, Collectors.counting()));
      remarks.found(
          "types",
          "all columns: "
              + counts.entrySet().stream()
                  .map(entry -> entry.getValue() + " " + entry.getKey())
                  .collect(Collectors.joining(", ")));
    }
    tellOfWhatItDoes(kind, remarks);
    if (trial.rejected() > 0) {
      String told =
          "%s of %s would be rejected (%s); check says which"
              .formatted(
                  Text.rows(trial.rejected()), Text.number(facts.rows()), reasons(trial.reasons()));
      remarks.warn(trial.rejected() * 2 > facts.rows() ? "most rows are bad: " + told : told);
    }
  }

  private static String reasons(List<Trial.Reason> reasons) {
    String first =
        reasons.stream()
            .limit(3)
            .map(reason -> Text.number(reason.rows()) + "x " + reason.place())
            .collect(Collectors.joining(", "));
    return reasons.size() > 3 ? first + ", …" : first;
  }

  private static void tellOfWhatItDoes(Kind kind, Remarks remarks) {
    switch (kind) {
      case DEMERGE ->
          remarks.doubt("each identity is taken out of the profile that it was merged into");
      case DISASSOCIATE -> remarks.doubt("each phone number is taken off the profile that has it");
      case CUSTOM_LIST ->
          remarks.doubt(
              "customList: name the segment as you like, and in place of "
                  + SyncDraft.ADMIN
                  + " an admin of your CleverTap account, who gets the result by mail");
      case PROFILES, TOKENS, EVENTS, SUBSCRIPTION -> {}
    }
  }

  /** The text of its file. */
  public byte[] json() {
    return json.clone();
  }

  /** The export in a line: its form and size. */
  public String export() {
    return export;
  }

  /** What was found, and why, by a word for it. */
  public Map<String, List<String>> found() {
    return new LinkedHashMap<>(remarks.found());
  }

  /** What a person should look at; values are masked. */
  public List<String> doubts() {
    return List.copyOf(remarks.doubts());
  }
}
