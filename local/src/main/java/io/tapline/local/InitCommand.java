package io.tapline.local;

import io.tapline.local.init.FirstSync;
import io.tapline.local.init.FirstSyncText;
import io.tapline.local.init.Kind;
import io.tapline.local.init.UndecidedException;
import io.tapline.local.init.Wishes;
import io.tapline.sync.SettingsName;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at an export and writes a sync for it. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Looks at an export and writes a sync file to start from, with the types that fit.",
      "It pushes to the built-in CleverTap until you name a connection in it."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the sync file is written",
      "1:something failed that should not",
      "2:wrong usage, or the export can't be understood; nothing was written"
    },
    footer = {
      "",
      "Examples:",
      "  tapline init customers.csv",
      "  tapline init orders.jsonl.gz --out syncs/orders.json --kind events",
      "  tapline init customers.csv --identity customer_no --rename mail_1=Email",
      "  tapline init numbers.csv --columns value,changed_at --kind disassociate"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
final class InitCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "The export: CSV, TSV or JSONL, plain or gzipped.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "SYNC",
      description = "Where the sync is written. Default: NAME.json here, NAME being the export's.")
  private @Nullable Path out;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description =
          "What the rows become: profiles, tokens, demerge, subscription, disassociate, events or"
              + " custom-list. Default: told by the columns.")
  private @Nullable String kind;

  @Option(
      names = "--identity",
      paramLabel = "COLUMN",
      description = "The column that names the user. Default: told by names and values.")
  private @Nullable String identity;

  @Option(
      names = "--rename",
      paramLabel = "COLUMN=NAME",
      description = "Send a column under another name. May be given several times.")
  private Map<String, String> rename = Map.of();

  @Option(
      names = "--columns",
      paramLabel = "NAME",
      split = ",",
      description = "The columns' names in their order, where the export has no header line.")
  private List<String> columns = List.of();

  @Option(names = "--force", description = "Write over a sync file that is there.")
  private boolean force;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try {
      ExportFile.requireReadable(file);
      Path sync = out == null ? defaultOut(nameOf(file)) : out;
      String name = nameOfSync(sync);
      requireFree(sync);
      FirstSync first = FirstSync.draft(file, name, wishes(), schemaFor(sync));
      write(sync, first.json());
      PrintWriter text = spec.commandLine().getOut();
      text.print(FirstSyncText.of(first, file, sync));
      text.flush();
      return CommandLine.ExitCode.OK;
    } catch (UsageException | UndecidedException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
  }

  private Wishes wishes() {
    Kind wished =
        kind == null
            ? null
            : Kind.named(kind)
                .orElseThrow(
                    () ->
                        new UsageException(
                            "--kind is %s; it must be one of %s".formatted(kind, Kind.ALLOWED)));
    return new Wishes(wished, identity, rename, columns);
  }

  /** An export may be called {@code NAME.json}, too. */
  private Path defaultOut(String name) {
    Path sync = Path.of(name + ".json");
    return isExport(sync) ? Path.of(name + "-sync.json") : sync;
  }

  private boolean isExport(Path sync) {
    return sync.toAbsolutePath().normalize().equals(file.toAbsolutePath().normalize());
  }

  /** The export's name as a sync may have it. */
  private static String nameOf(Path file) {
    String name =
        file.getFileName()
            .toString()
            .replaceFirst("(?i)\\.gz$", "")
            .replaceFirst("(?i)\\.(csv|tsv|jsonl|ndjson|json|txt)$", "")
            .replaceAll("[^A-Za-z0-9._-]+", "-")
            .replaceAll("^[-.]+|[-.]+$", "");
    String cut = name.substring(0, Math.min(name.length(), 64));
    return cut.isEmpty() ? "sync" : cut;
  }

  private static String nameOfSync(Path sync) {
    String fileName = sync.getFileName().toString();
    String name = fileName.replaceFirst("\\.json$", "");
    if (!fileName.endsWith(".json") || !SettingsName.isValid(name)) {
      throw new UsageException(
          "--out is %s; it must end in NAME.json, and NAME be %s"
              .formatted(sync, SettingsName.ALLOWED));
    }
    return name;
  }

  private void requireFree(Path sync) {
    Path folder = sync.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new UsageException("--out is %s, but there is no folder %s".formatted(sync, folder));
    }
    if (isExport(sync)) {
      throw new UsageException("--out is %s, which is the export itself".formatted(sync));
    }
    if (Files.exists(sync) && !force) {
      throw new UsageException(
          "%s is there already and was left as it is; --out names another file, --force writes over"
                  .formatted(sync)
              + " this one");
    }
  }

  /** The schema that comes with Tapline, for a sync that is written beside it. */
  private static @Nullable String schemaFor(Path sync) {
    Path home = Path.of(System.getProperty("tapline.home", ".")).toAbsolutePath().normalize();
    Path schema = home.resolve("docs/sync.schema.json");
    Path folder = sync.toAbsolutePath().normalize().getParent();
    return folder != null && folder.startsWith(home) && Files.exists(schema)
        ? folder.relativize(schema).toString().replace('\\', '/')
        : null;
  }

  private static void write(Path sync, byte[] json) {
    try {
      Files.write(sync, json);
    } catch (IOException e) {
      throw new UsageException("%s can't be written".formatted(sync));
    }
  }
}
