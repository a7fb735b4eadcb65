package io.tapline.local.init;

import static io.tapline.local.init.Names.IDENTITY;
import static io.tapline.local.init.Names.OBJECT_ID;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds out under which names columns are to be sent. */
final class NameFinder {

  private static final Set<Shape> TIMES = Set.of(Shape.TIME, Shape.SECONDS);

  private final Kind kind;
  private final ExportFacts facts;
  private final Remarks remarks;
  private final Map<String, String> rename = new LinkedHashMap<>();

  private NameFinder(Kind kind, ExportFacts facts, Remarks remarks) {
    this.kind = kind;
    this.facts = facts;
    this.remarks = remarks;
  }

  /**
   * Finds the names that are to change.
   *
   * @return from the export's own name to the one that is sent
   * @throws UndecidedException when a column is missing that the kind needs
   */
  static Map<String, String> find(Kind kind, ExportFacts facts, Wishes wishes, Remarks remarks) {
    NameFinder finder = new NameFinder(kind, facts, remarks);
    finder.follow(wishes);
    finder.findRequired();
    finder.findOptional();
    return finder.rename;
  }

  private void follow(Wishes wishes) {
    wishes.rename().forEach((column, name) -> rename.put(existing(column, "--rename"), name));
    if (wishes.identity() != null) {
      String column = existing(wishes.identity(), "--identity");
      if (!column.equalsIgnoreCase(IDENTITY) && !column.equalsIgnoreCase(OBJECT_ID)) {
        rename.put(column, IDENTITY);
      }
      remarks.found("user", column + ", as you said");
    }
  }

  private String existing(String column, String option) {
    return facts
        .named(column)
        .orElseThrow(
            () ->
                new UndecidedException(
                    "%s: there is no column %s; the export has %s"
                        .formatted(option, column, facts.names())))
        .name();
  }

  private void findRequired() {
    NeededColumn.of(kind).forEach(this::require);
    switch (kind) {
      case PROFILES, EVENTS -> findUser();
      case DEMERGE, CUSTOM_LIST -> findIdentity();
      case TOKENS, SUBSCRIPTION, DISASSOCIATE -> {}
    }
  }

  private void require(NeededColumn needed) {
    if (isThere(needed.name())) {
      return;
    }
    ColumnFacts column =
        facts
            .firstOf(needed.otherNames())
            .filter(found -> !rename.containsKey(found.name()))
            .orElseThrow(
                () ->
                    new UndecidedException(
                        "the kind %s needs a column %s, and there is none among %s: %s"
                            .formatted(
                                kind.word(), needed.name(), facts.names(), needed.advice())));
    send(column, needed.name());
  }

  private void send(ColumnFacts column, String name) {
    rename.put(column.name(), name);
    remarks.found("names", column.name() + " is sent as " + name);
  }

  /** Whether a column is sent by this name. */
  private boolean isThere(String name) {
    return facts.columns().stream()
        .anyMatch(
            column -> rename.getOrDefault(column.name(), column.name()).equalsIgnoreCase(name));
  }

  private void findUser() {
    if (isThere(IDENTITY) || isThere(OBJECT_ID)) {
      tellOfUser();
      return;
    }
    Optional<ColumnFacts> objectId = facts.firstOf(Names.OBJECT_IDS);
    if (objectId.isPresent()) {
      rename.put(objectId.get().name(), OBJECT_ID);
      remarks.found("user", objectId.get().name() + ", by its name; sent as objectId");
      return;
    }
    findIdentity();
  }

  private void tellOfUser() {
    if (remarks.found().containsKey("user")) {
      return;
    }
    remarks.found(
        "user",
        isThere(IDENTITY) && isThere(OBJECT_ID)
            ? "columns identity and objectId, by their names"
            : "column %s, by its name".formatted(isThere(IDENTITY) ? IDENTITY : OBJECT_ID));
  }

  private void findIdentity() {
    if (isThere(IDENTITY)) {
      tellOfUser();
      return;
    }
    List<ColumnFacts> candidates =
        Names.IDENTITIES.stream()
            .flatMap(facts::spelled)
            .filter(column -> column.filled() > 0 && !rename.containsKey(column.name()))
            .distinct()
            .toList();
    if (candidates.isEmpty()) {
      throw new UndecidedException(
          ("no column looks like one that names a user. The columns are %s. Say which one it is,"
                  + " --identity COLUMN, or what the rows are, --kind KIND (%s)")
              .formatted(facts.names(), Kind.ALLOWED));
    }
    ColumnFacts best =
        candidates.stream().filter(this::couldBeKey).findFirst().orElse(candidates.getFirst());
    rename.put(best.name(), IDENTITY);
    remarks.found(
        "user", "%s, by its name; %s; sent as identity".formatted(best.name(), told(best)));
    tellOfBest(best);
    List<String> others =
        candidates.stream()
            .filter(column -> column != best && !isOfEmails(column))
            .map(ColumnFacts::name)
            .toList();
    if (!others.isEmpty()) {
      remarks.doubt(
          "%s may name the users as well: --identity %s"
              .formatted(String.join(", ", others), Text.quoted(others.getFirst())));
    }
  }

  private boolean couldBeKey(ColumnFacts column) {
    return nulls(column) == 0 && (kind == Kind.EVENTS || !column.hasRepeats());
  }

  /** Rows in which it says nothing; those that can't be read don't count. */
  private long nulls(ColumnFacts column) {
    return facts.rows() - facts.broken() - column.filled();
  }

  private String told(ColumnFacts column) {
    String empty =
        nulls(column) == 0 ? "filled in all rows" : Text.rows(nulls(column)) + " without";
    return kind == Kind.EVENTS
        ? empty
        : empty + (column.hasRepeats() ? ", with repeats" : ", without repeats");
  }

  private void tellOfBest(ColumnFacts best) {
    if (isOfEmails(best)) {
      remarks.doubt(
          best.name()
              + " names the users, and so is not sent as Email too: for both, select it twice in"
              + " the query (email AS identity, email)");
    }
    if (best.hasRepeats() && kind != Kind.EVENTS) {
      remarks.doubt(
          best.name()
              + " has repeats: rows of one user are sent in their order, the last one wins");
    }
  }

  private static boolean isOfEmails(ColumnFacts column) {
    String letters = ExportFacts.letters(column.name());
    return Names.EMAILS.stream().anyMatch(name -> ExportFacts.letters(name).equals(letters));
  }

  private void findOptional() {
    if (kind == Kind.EVENTS && !isThere("ts")) {
      facts
          .firstOf(Names.TIMES)
          .filter(column -> column.areAll(TIMES) && !rename.containsKey(column.name()))
          .ifPresentOrElse(
              column -> send(column, "ts"),
              () ->
                  remarks.doubt(
                      "there is no ts: each event gets the time at which the export was last"
                          + " modified; a column of times can be sent as it: --rename COLUMN=ts"));
    }
    if (kind == Kind.PROFILES) {
      findField("Email", Names.EMAILS, Set.of(Shape.EMAIL));
      findField("Phone", Names.PHONES, Set.of(Shape.PHONE));
      findField("DOB", Names.BIRTHDAYS, Shape.DATES);
    }
  }

  /** A field of CleverTap's own, which campaigns use, under another name. */
  private void findField(String field, List<String> otherNames, Set<Shape> shapes) {
    if (!isThere(field)) {
      facts
          .firstOf(otherNames)
          .filter(column -> column.areMostly(shapes) && !rename.containsKey(column.name()))
          .ifPresent(column -> send(column, field));
    }
  }
}
